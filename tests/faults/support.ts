/** What the tests of faults share: processes that are killed, and the truth a log is held against afterwards. */
import { expect } from 'vitest';
import type { Development, Entry } from '../../events/index.ts';
import { type Gates, replay } from '../../projections/index.ts';
import type { EventStore } from '../../src/store/port.ts';
import { openTracker, type Tracker } from '../../src/tracker/index.ts';
import { oracle } from '../projections/oracle.ts';
import { logOf } from '../support/tracker.ts';
import { startWorker, type Worker } from '../support/worker.ts';
import { type Batch, NEGOTIATION } from './batches.ts';

export { inFolder } from '../store/faults/support.ts';

/** Starts a script of this folder in a process of its own. */
export const start = (script: 'writer.ts' | 'copier.ts', ...parameters: readonly string[]): Worker =>
  startWorker(new URL(script, import.meta.url), ...parameters);

/** Moments between which the answers of a log differ: none of a year before it, all of it, and days within. */
const MOMENTS = [null, '2022-12-31', '2023-04-01', '2023-10-15', '2024-06-01'].map((day) =>
  day === null ? null : Date.parse(`${day}T12:00:00Z`),
);

function* questions(): Generator<Gates> {
  for (const asOf of MOMENTS)
    for (const knownOn of MOMENTS.slice(0, 3)) yield { asOf: asOf ?? Date.now(), knownOn, recordedBy: null };
}

/**
 * Whatever the tracker answers from what it kept (snapshots, indexes), it answers what a fold over the log from its start gives, and the
 * oracle. Gives the developments of the log, each once.
 */
export async function expectFreshAnswers(
  open: () => EventStore,
  judged = true,
  track: (store: EventStore) => Tracker = (store) => openTracker({ store }),
): Promise<readonly Development[]> {
  const store = open();
  const entries = await logOf(store, NEGOTIATION);
  const developments = entries.map(({ development }) => development);
  expect(new Set(developments.map(({ id }) => id)).size).toBe(developments.length);
  const tracker = track(store);
  try {
    if (entries.length === 0) return [];
    expect(await tracker.developments(NEGOTIATION)).toEqual(developments);
    for (const gates of questions()) {
      const state = await tracker.state(NEGOTIATION, viewOf(gates));
      const { positions, possiblyByThen, revision } = replay(entries, gates, 'stated');
      expect({ positions: state.positions, possiblyByThen: state.possiblyByThen, revision: state.revision }).toEqual({
        ...{ positions, possiblyByThen, revision },
      });
      if (judged) expect(stancesOf(state.positions)).toEqual(stancesOf(oracleOf(entries, gates)));
    }
  } finally {
    await tracker.close();
  }
  return developments;
}

const viewOf = ({ asOf, knownOn }: Gates) => ({
  asOf: new Date(asOf).toISOString(),
  ...(knownOn === null ? {} : { knownOn: new Date(knownOn).toISOString() }),
});

type Cells = readonly { readonly party: string; readonly issue: string; readonly stance: string | null }[];
const stancesOf = (cells: Cells) => cells.map(({ party, issue, stance }) => `${party} ${issue}: ${stance}`).toSorted();
const oracleOf = (entries: readonly Entry[], gates: Gates): Cells => oracle(entries, gates, 'stated').positions;

/** What of a batch is in a log: all of it or nothing, else this fails. */
export function expectWhole(batch: Batch, recorded: ReadonlySet<string>): boolean {
  const there = batch.filter(({ id }) => recorded.has(id));
  expect([0, batch.length], `developments of the batch that begins with ${batch[0]?.id}`).toContain(there.length);
  return there.length > 0;
}
