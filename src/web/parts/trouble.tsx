import type { AnswerError } from '../answers/get.ts';

/** What went wrong, in the words of the server, and what would be right. A sentence that is that of a field is told once, beside it. */
export const Trouble = ({ error }: { readonly error: AnswerError }) => (
  <div className="trouble" role="alert">
    <p>
      <strong>This view cannot be shown.</strong> {!isOfField(error) && error.message}
    </p>
    {error.faults.length > 0 && (
      <ul>
        {error.faults.map(({ field, message }) => (
          <li key={`${field} ${message}`}>
            {field !== undefined && <code>{field}</code>} {message}
          </li>
        ))}
      </ul>
    )}
  </div>
);

const isOfField = ({ message, faults }: AnswerError): boolean =>
  faults.some((fault) => message.endsWith(fault.message));
