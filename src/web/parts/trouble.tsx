import type { AnswerError } from '../answers/get.ts';

/** What went wrong, in the words of the server, and what would be right. */
export const Trouble = ({ error }: { readonly error: AnswerError }) => (
  <div className="trouble" role="alert">
    <p>
      <strong>This view cannot be shown.</strong> {error.message}
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
