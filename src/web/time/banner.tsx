import type { State } from '../../../projections/answers.ts';
import { type Address, HOME, isNow } from '../address.ts';
import { sayGate } from '../moments.ts';
import { ViewLink } from '../parts/link.tsx';
import { count, sayStandard } from '../words.ts';

/** Which view this is, in one sentence: on screen, in print and in pictures alike. */
export function sayView(address: Address, timeZone: string): string {
  const { asOf, knownOn, asThenKnown, recordedBy, standard } = address;
  const parts = [
    asOf === null ? 'as of now' : `as of ${sayGate(asOf, timeZone)}`,
    asThenKnown ? 'as then known' : knownOn === null ? 'with hindsight' : `as known on ${sayGate(knownOn, timeZone)}`,
    ...(recordedBy === null ? [] : [`as recorded by ${sayGate(recordedBy, timeZone)}`]),
    ...(standard === HOME.standard ? [] : [`standard “${standard}” (${sayStandard(standard)})`]),
  ];
  const text = parts.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

interface Props {
  readonly address: Address;
  readonly timeZone: string;
  readonly state: State;
}

/** Shown whenever the view is not now: nobody may take the past for the present. */
export function Banner({ address, timeZone, state }: Props) {
  if (isNow(address) && address.standard === HOME.standard) return null;
  const possible = state.possiblyByThen.length;
  return (
    <div className="banner" role="note">
      <p>
        <strong>{sayView(address, timeZone)}.</strong>
        {possible > 0 &&
          ` ${count(possible, 'development')} may have happened by then, and cannot be placed for certain.`}
      </p>
      <ViewLink to={{ asOf: null, knownOn: null, asThenKnown: false, recordedBy: null, standard: HOME.standard }}>
        Return to now
      </ViewLink>
    </div>
  );
}
