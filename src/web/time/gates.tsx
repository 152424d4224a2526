import type { Standard } from '../../../projections/answers.ts';
import { type Address, HOME, isNow } from '../address.ts';
import { useMedia } from '../parts/use-media.ts';
import type { Navigate } from '../use-address.ts';
import { sayStandard } from '../words.ts';
import { DateField } from './date-field.tsx';

const STANDARDS: readonly Standard[] = ['strict', 'stated', 'all'];

interface GatesProps {
  readonly address: Address;
  readonly navigate: Navigate;
  /** the day of the last development; null: there is none */
  readonly lastDay: string | null;
}

/** What was known, what may set a position, what was recorded. On a phone they unfold, and are open where one of them is set. */
export function Gates({ address, navigate, lastDay }: GatesProps) {
  const narrow = useMedia('(max-width: 640px)');
  const fields = (
    <>
      <fieldset className="mode">
        <legend className="unseen">What was known</legend>
        <Choice
          name="mode"
          label="with hindsight"
          checked={!address.asThenKnown && address.knownOn === null}
          choose={() => navigate({ asThenKnown: false, knownOn: null })}
        />
        <Choice
          name="mode"
          label="as then known"
          checked={address.asThenKnown}
          choose={() => navigate({ asThenKnown: true, knownOn: null })}
        />
        <Choice
          name="mode"
          label="known on…"
          checked={address.knownOn !== null}
          choose={() => navigate({ asThenKnown: false, knownOn: address.asOf ?? lastDay })}
        />
      </fieldset>
      {address.knownOn !== null && (
        <DateField label="Known on" value={address.knownOn} change={(knownOn) => navigate({ knownOn })} />
      )}
      <label className="field">
        <span>Standard</span>
        <select
          value={address.standard}
          onChange={(event) =>
            navigate({ standard: STANDARDS.find((one) => one === event.target.value) ?? HOME.standard })
          }
        >
          {STANDARDS.map((standard) => (
            <option key={standard} value={standard}>
              {standard}: {sayStandard(standard)}
            </option>
          ))}
        </select>
      </label>
      <DateField
        label="Recorded by"
        value={address.recordedBy ?? ''}
        change={(recordedBy) => navigate({ recordedBy })}
      />
      {address.view === 'matrix' && (
        <DateField label="Mark changes since" value={address.from ?? ''} change={(from) => navigate({ from })} />
      )}
    </>
  );
  if (!narrow) return fields;
  const set = !isNow({ ...address, asOf: null }) || address.standard !== HOME.standard || address.from !== null;
  return (
    <details className="gates" open={set}>
      <summary>What was known, and by which standard</summary>
      <div className="gate-fields">{fields}</div>
    </details>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly checked: boolean;
  readonly choose: () => void;
}

const Choice = ({ name, label, checked, choose }: ChoiceProps) => (
  <label className="choice">
    <input type="radio" name={name} checked={checked} onChange={choose} />
    <span>{label}</span>
  </label>
);
