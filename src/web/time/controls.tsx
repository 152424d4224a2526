import { useEffect, useState } from 'react';
import type { Standard } from '../../../projections/answers.ts';
import { type Address, HOME, isNow } from '../address.ts';
import { dayOf, isDay, readMoment, writeMoment } from '../moments.ts';
import { Icon } from '../parts/icons.tsx';
import { useMedia } from '../parts/use-media.ts';
import type { Navigate } from '../use-address.ts';
import { sayStandard } from '../words.ts';
import { nextStop, type Stop } from './stops.ts';

interface Props {
  readonly address: Address;
  readonly navigate: Navigate;
  readonly stops: readonly Stop[];
  readonly timeZone: string;
}

const STEP_MS = 1100;
const STANDARDS: readonly Standard[] = ['strict', 'stated', 'all'];

/** Steps, play, the date itself, and the gates. */
export function TimeControls({ address, navigate, stops, timeZone }: Props) {
  const { asOf } = address;
  const at = asOf === null ? Number.POSITIVE_INFINITY : (readMoment(asOf, timeZone) ?? Number.POSITIVE_INFINITY);
  const [playing, setPlaying] = useState(false);
  const step = (direction: -1 | 1, wanted?: (stop: Stop) => boolean) => nextStop(stops, at, direction, wanted);
  const go = (stop: Stop | null | undefined) => {
    if (stop !== undefined) navigate({ asOf: stop === null ? null : writeMoment(stop.at, timeZone) }, 'settle');
  };
  const byRound = ({ round }: Stop) => round;

  const onward = step(1);
  useEffect(() => {
    if (!playing) return;
    if (onward === undefined) return setPlaying(false);
    const timer = setTimeout(
      () => navigate({ asOf: onward === null ? null : writeMoment(onward.at, timeZone) }, 'settle'),
      STEP_MS,
    );
    return () => clearTimeout(timer);
  }, [playing, onward, navigate, timeZone]);

  const play = () => {
    if (!playing && asOf === null) go(stops[0]);
    setPlaying(!playing);
  };

  return (
    <div className="controls">
      <fieldset className="steps">
        <legend className="unseen">Step through time</legend>
        <Step icon="round-back" label="Round before" target={step(-1, byRound)} go={go} />
        <Step icon="back" label="Development before" target={step(-1)} go={go} />
        <button
          type="button"
          className="step"
          aria-label={playing ? 'Pause' : 'Play'}
          title={playing ? 'Pause' : 'Play'}
          onClick={play}
        >
          <Icon name={playing ? 'pause' : 'play'} />
        </button>
        <Step icon="on" label="Next development" target={onward} go={go} />
        <Step icon="round-on" label="Next round" target={step(1, byRound)} go={go} />
      </fieldset>
      <DateField
        label="As of"
        value={asOf === null || at === Number.POSITIVE_INFINITY ? '' : dayOf(at, timeZone)}
        change={(day) => navigate({ asOf: day })}
      />
      <button type="button" className="to-now" disabled={asOf === null} onClick={() => navigate({ asOf: null })}>
        Now
      </button>
      <Gates address={address} navigate={navigate} lastDay={lastDay(stops, timeZone)} />
    </div>
  );
}

interface GatesProps {
  readonly address: Address;
  readonly navigate: Navigate;
  /** the day of the last development; null: there is none */
  readonly lastDay: string | null;
}

/** What was known, what may set a position, what was recorded. On a phone they unfold, and are open where one of them is set. */
function Gates({ address, navigate, lastDay }: GatesProps) {
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

const lastDay = (stops: readonly Stop[], timeZone: string): string | null => {
  const last = stops.at(-1);
  return last ? dayOf(last.at, timeZone) : null;
};

interface StepProps {
  readonly icon: 'round-back' | 'back' | 'on' | 'round-on';
  readonly label: string;
  readonly target: Stop | null | undefined;
  readonly go: (stop: Stop | null | undefined) => void;
}

const Step = ({ icon, label, target, go }: StepProps) => (
  <button
    type="button"
    className="step"
    aria-label={label}
    title={label}
    aria-disabled={target === undefined}
    onClick={() => go(target)}
  >
    <Icon name={icon} />
  </button>
);

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

interface DateFieldProps {
  readonly label: string;
  /** a day, a moment, or empty */
  readonly value: string;
  readonly change: (day: string | null) => void;
}

/** A day to type or pick. It is taken when it is whole: half a date never moves the view. */
export function DateField({ label, value, change }: DateFieldProps) {
  const day = value.slice(0, 10);
  const [typed, setTyped] = useState(day);
  useEffect(() => setTyped(day), [day]);
  return (
    <label className="field">
      <span>{label}</span>
      <input
        type="date"
        value={typed}
        min="1000-01-01"
        max="9999-12-31"
        onChange={(event) => {
          const next = event.target.value;
          setTyped(next);
          if (next === '') change(null);
          else if (isDay(next) && next >= '1000') change(next);
        }}
      />
    </label>
  );
}
