/** What is burned into everything taken away: which view it is, how to get it again, and whose reports it rests on. */

import { edtfWords } from '../../../events/edtf-words.ts';
import type { ChronicleEntry, State } from '../../../projections/answers.ts';
import { type Address, writeAddress } from '../address.ts';
import { isolated } from '../isolated.ts';
import { sayGate, sayMoment } from '../moments.ts';
import { sayView } from '../time/banner-words.ts';
import { webAddress } from '../words.ts';

export interface Frame {
  readonly title: string;
  /** "As of 26 February 2026, end of day UTC, as then known" */
  readonly view: string;
  readonly citation: string;
  /** the address that shows the same again, whatever is recorded later */
  readonly link: string;
  readonly sources: readonly string[];
}

/** @param now milliseconds since 1970 @param used ids of the developments that are shown */
export function frameOf(
  state: State,
  address: Address,
  chronicle: readonly ChronicleEntry[],
  used: ReadonlySet<string>,
  origin: string,
  now: number,
): Frame {
  const pinned = pin(address, state, now);
  const { timeZone } = state.gates;
  const view = sayView(pinned, timeZone);
  const link = origin + writeAddress(pinned);
  return {
    title: state.title,
    view:
      sayView(address, timeZone) +
      (address.from === null ? '' : `; marked: what moved since ${sayGate(address.from, timeZone)}`),
    link,
    citation: `${isolated(state.title)}: stated positions. ${view}. Demarche, log revision ${state.revision}, retrieved ${sayMoment(now, timeZone)}. ${link}`,
    sources: sourcesOf(chronicle, used),
  };
}

/** The same view with every gate fixed: on both axes of time, and on what was recorded. */
function pin(address: Address, state: State, now: number): Address {
  const moment = new Date(now).toISOString();
  return {
    ...address,
    asOf: address.asOf ?? state.gates.asOf,
    knownOn: address.asThenKnown ? null : (address.knownOn ?? moment),
    recordedBy: address.recordedBy ?? moment,
    follow: false,
    about: null,
  };
}

/** The reports behind these developments, each once, in the order of the record. */
function sourcesOf(chronicle: readonly ChronicleEntry[], used: ReadonlySet<string>): readonly string[] {
  const said = chronicle
    .filter(({ id }) => used.has(id))
    .flatMap(({ source, corroboratedBy }) => [...(source ? [source] : []), ...corroboratedBy])
    .map(saySource);
  return [...new Set(said)];
}

type Source = NonNullable<ChronicleEntry['source']>;

/** Publisher, title and date of a report, as far as they are on record. */
export const saidBy = ({ publisher, title, published }: Source): readonly string[] => [
  isolated(publisher),
  ...(title ? [`“${isolated(title)}”`] : []),
  ...(published ? [edtfWords(published)] : []),
];

function saySource(source: Source): string {
  const url = webAddress(source.url);
  return [...saidBy(source), url].filter(Boolean).join(', ');
}

/** The developments that a state shows. */
export const shownIn = (state: State): ReadonlySet<string> =>
  new Set(
    state.positions.flatMap(({ points, beside, developments }) => [
      ...points.map(({ setBy }) => setBy),
      ...beside.map(({ id }) => id),
      ...developments,
    ]),
  );
