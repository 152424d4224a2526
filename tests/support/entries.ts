/** A log written down in a test, without a store: for the folds alone. */
import { type Development, type DevelopmentInput, type Entry, parseDevelopment, spanOf } from '../../events/index.ts';
import type { Gates, HistoryEntry, Position, Replayed, Standard } from '../../projections/index.ts';
import { replay, replayChronicle, replayDifference, replayHistory } from '../../projections/index.ts';
import { NEGOTIATION as negotiation } from './tracker.ts';

/** A development without what every test would repeat: negotiation and, where it needs one, a source. */
export type Sketch = Readonly<Record<string, unknown>> & {
  readonly type: DevelopmentInput['type'];
  /** the day or moment on which it was recorded; default: the last day of the year */
  readonly recorded?: string;
};

const UNSOURCED = [
  'NegotiationOpened',
  'PartyJoined',
  'PartyLeft',
  'IssueRaised',
  'DevelopmentRetracted',
  'DevelopmentMerged',
];

/** A log in UTC, opened first. Ids are as given, or `e1`, `e2`, … by their place. */
export function logWith(...sketches: readonly Sketch[]): Log {
  const opening: Sketch = { id: 'open', type: 'NegotiationOpened', title: 'Talks', recorded: '2025-01-01' };
  const all = sketches[0]?.type === 'NegotiationOpened' ? sketches : [opening, ...sketches];
  let latest = 0;
  const entries = all.map(({ recorded = '2026-12-31', ...sketch }, revision): Entry => {
    const source = UNSOURCED.includes(sketch.type) ? {} : { source: { publisher: 'The Gazette' } };
    const parsed = parseDevelopment({ id: `e${revision}`, negotiation, ...source, ...sketch });
    if (!parsed.ok) throw new Error(`${JSON.stringify(sketch)}: ${JSON.stringify(parsed.faults)}`);
    latest = Math.max(latest, spanOf(recorded, 'UTC').end);
    return {
      development: parsed.value as Development,
      revision,
      position: String(revision + 1),
      recorded: latest,
      recorder: null,
    };
  });
  return asked(entries);
}

export interface View {
  readonly asOf?: string;
  readonly knownOn?: string;
  readonly recordedBy?: string;
  readonly standard?: Standard;
}

export interface Log {
  readonly entries: readonly Entry[];
  readonly state: (view?: View) => Replayed;
  /** what one party holds on one issue */
  readonly cell: (party: string, issue: string, view?: View) => Position | undefined;
  readonly history: (party: string, issue: string, view?: View) => readonly HistoryEntry[];
  readonly difference: (from: View, to: View) => ReturnType<typeof replayDifference>;
  readonly chronicle: (view?: View) => ReturnType<typeof replayChronicle>;
}

function asked(entries: readonly Entry[]): Log {
  const opening = entries[0]?.development;
  const timeZone = opening?.type === 'NegotiationOpened' ? opening.timeZone : 'UTC';
  const moment = (text: string | undefined) => (text === undefined ? null : spanOf(text, timeZone).end);
  const gates = ({ asOf = '2026-12-31', knownOn, recordedBy }: View = {}): Gates => ({
    asOf: moment(asOf) ?? 0,
    knownOn: moment(knownOn),
    recordedBy: moment(recordedBy),
  });
  const state = (view: View = {}) => replay(entries, gates(view), view.standard ?? 'stated');
  return {
    entries,
    state,
    cell: (party, issue, view) => state(view).positions.find((one) => one.party === party && one.issue === issue),
    history: (party, issue, view = {}) =>
      replayHistory(entries, { party, issue }, gates(view), view.standard ?? 'stated'),
    difference: (from, to) => replayDifference(entries, gates(from), gates(to), to.standard ?? 'stated'),
    chronicle: (view) => replayChronicle(entries, gates(view)),
  };
}
