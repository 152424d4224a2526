import type { FieldProps } from './field-props.ts';
import { FIELDS, type FieldName } from './fields.ts';

type Grouped = FieldProps & { readonly id: string };

/** Value and words of each choice. */
export type Options = readonly (readonly [string, string])[];

export function Boxes({ name, draft, setList, options, id }: Grouped & { readonly options: Options }) {
  const chosen = draft.lists[name] ?? [];
  return (
    <div className="boxes">
      {options.map(([value, words]) => (
        <label key={value} htmlFor={`${id}-${value}`}>
          <input
            id={`${id}-${value}`}
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={(event) =>
              setList(name, event.target.checked ? [...chosen, value] : chosen.filter((one) => one !== value))
            }
          />
          {words}
        </label>
      ))}
    </div>
  );
}

export function Counts({ draft, name, setPairs, state, id }: Grouped) {
  const parties = state.parties.filter(({ party }) => draft.lists.parties?.includes(party));
  const counts = draft.pairs[name] ?? {};
  if (parties.length === 0) return <p className="hint">Choose the parties first.</p>;
  return parties.map(({ party, name: words }) => (
    <label key={party} className="count" htmlFor={`${id}-${party}`}>
      {words}
      <input
        id={`${id}-${party}`}
        inputMode="numeric"
        placeholder="157 or 300+"
        value={counts[party] ?? ''}
        onChange={(event) => setPairs(name, { ...counts, [party]: event.target.value })}
      />
    </label>
  ));
}

/** The fields that a correction usually is about. */
const CORRECTED: readonly FieldName[] = ['occurred', 'stance', 'summary', 'attribution', 'speaker.name', 'source.url'];

export function Changes({ draft, name, setPairs, id }: Grouped) {
  const changes = draft.pairs[name] ?? {};
  return CORRECTED.map((field) => (
    <label key={field} className="count" htmlFor={`${id}-${field}`}>
      {FIELDS[field].label}
      <input
        id={`${id}-${field}`}
        placeholder="as it was"
        value={changes[field] ?? ''}
        onChange={(event) => setPairs(name, { ...changes, [field]: event.target.value })}
      />
    </label>
  ));
}
