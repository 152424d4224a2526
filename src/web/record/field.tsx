import { type ReactNode, useId } from 'react';
import type { ChronicleEntry } from '../../../projections/answers.ts';
import { type Attribution, explainAttribution, sayAttribution } from '../words.ts';
import type { FieldProps } from './field-props.ts';
import { FIELDS, type FieldName } from './fields.ts';
import { Boxes, Changes, Counts, type Options } from './grouped-fields.tsx';
import { publishersOf } from './known.ts';

const DATE_HINT = '2026-02-26, or 2026-02, ../2026-02-13 for no later than, 2025-11-21/2025-11-23';

/** One field of the form, drawn by its kind, with what is wrong with it. */
export function FormField(props: FieldProps) {
  const { name, draft, fault, required, setText, state, chronicle } = props;
  const { label, form } = FIELDS[name];
  const id = useId();
  const text = draft.texts[name] ?? '';
  const common = {
    id,
    'aria-invalid': fault !== undefined,
    'aria-describedby': fault === undefined ? undefined : `${id}-fault`,
    'aria-required': required || undefined,
    'data-field': name,
  };
  const typed = {
    ...common,
    value: text,
    onChange: (event: { target: { value: string } }) => setText(name, event.target.value),
  };
  const control = (): ReactNode => {
    switch (form.kind) {
      case 'line':
        return <input {...typed} autoComplete="off" />;
      case 'date':
        return <input {...typed} autoComplete="off" placeholder="2026-02-26" title={DATE_HINT} />;
      case 'address':
        return <input {...typed} type="url" inputMode="url" autoComplete="off" placeholder="https://" />;
      case 'publisher':
        return (
          <>
            <input {...typed} list={`${id}-known`} autoComplete="off" />
            <datalist id={`${id}-known`}>
              {publishersOf(chronicle).map((publisher) => (
                <option key={publisher} value={publisher} />
              ))}
            </datalist>
          </>
        );
      case 'text':
        return <textarea {...typed} rows={name === 'stance' || name === 'summary' ? 3 : 2} />;
      case 'lines':
      case 'points':
        return <textarea {...typed} rows={4} />;
      case 'party':
        return <Select {...typed} options={state.parties.map(({ party, name: words }) => [party, words])} />;
      case 'issue':
        return <Select {...typed} options={state.issues.map(({ issue, title }) => [issue, title])} />;
      case 'choice':
        return <Select {...typed} options={form.choices.map((one) => [one, sayChoice(name, one)])} />;
      case 'development':
        return <DevelopmentField {...typed} chronicle={chronicle} />;
      case 'whose':
      case 'parties':
        return <Boxes {...props} id={id} options={state.parties.map(({ party, name: words }) => [party, words])} />;
      case 'issues':
        return <Boxes {...props} id={id} options={state.issues.map(({ issue, title }) => [issue, title])} />;
      case 'counts':
        return <Counts {...props} id={id} />;
      case 'changes':
        return <Changes {...props} id={id} />;
    }
  };
  const grouped = ['whose', 'parties', 'issues', 'counts', 'changes'].includes(form.kind);
  const head = (
    <>
      {label}
      {required && <span className="required"> required</span>}
    </>
  );
  return (
    <div className={`form-field ${form.kind}`}>
      {grouped ? (
        <fieldset aria-describedby={common['aria-describedby']} data-field={name}>
          <legend>{head}</legend>
          {control()}
        </fieldset>
      ) : (
        <>
          <label htmlFor={id}>{head}</label>
          {control()}
        </>
      )}
      {fault !== undefined && (
        <p className="fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}

const sayChoice = (name: FieldName, choice: string): string =>
  name === 'attribution'
    ? `${sayAttribution(choice as Attribution)}: ${explainAttribution(choice as Attribution)}`
    : choice;

interface SelectProps {
  readonly id: string;
  readonly value: string;
  readonly options: Options;
  readonly onChange: (event: { target: { value: string } }) => void;
}

const Select = ({ options, ...rest }: SelectProps) => (
  <select {...rest}>
    <option value="">—</option>
    {options.map(([value, words]) => (
      <option key={value} value={value}>
        {words}
      </option>
    ))}
  </select>
);

interface DevelopmentProps {
  readonly id: string;
  readonly value: string;
  readonly chronicle: readonly ChronicleEntry[];
  readonly onChange: (event: { target: { value: string } }) => void;
}

function DevelopmentField({ chronicle, ...rest }: DevelopmentProps) {
  const found = chronicle.find(({ id }) => id === rest.value);
  return (
    <>
      <input {...rest} list={`${rest.id}-known`} autoComplete="off" placeholder="the id, as the history shows it" />
      <datalist id={`${rest.id}-known`}>
        {chronicle.map(({ id, headline }) => (
          <option key={id} value={id}>
            {headline}
          </option>
        ))}
      </datalist>
      {found && <p className="hint">{found.headline}</p>}
    </>
  );
}
