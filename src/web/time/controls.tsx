import { useEffect, useState } from 'react';
import type { Address } from '../address.ts';
import { dayOf, readMoment, writeMoment } from '../moments.ts';
import { Icon } from '../parts/icons.tsx';
import type { Navigate } from '../use-address.ts';
import { DateField } from './date-field.tsx';
import { Gates } from './gates.tsx';
import { nextStop, type Stop } from './stops.ts';

interface Props {
  readonly address: Address;
  readonly navigate: Navigate;
  readonly stops: readonly Stop[];
  readonly timeZone: string;
}

const STEP_MS = 1100;

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
