import { type Gates, HOME } from '../address.ts';
import { sayGate } from '../moments.ts';
import { sayStandard } from '../words.ts';

/** Which view this is, in one sentence: on screen, in print and in pictures alike. */
export function sayView(address: Gates, timeZone: string): string {
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
