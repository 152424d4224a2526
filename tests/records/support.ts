/** The bundled record, read from its files and recorded day by day, as its coders did. */
import { readFile } from 'node:fs/promises';
import { openStore } from '../../src/store/open.ts';
import {
  type DevelopmentInput,
  openTracker,
  type Position,
  type State,
  type Tracker,
  type View,
} from '../../src/tracker/index.ts';

export const NEGOTIATION = 'russia-ukraine';
/** The day on which the reports were recorded, and the later one on which the correction was. */
export const RECORDED = '2026-02-27';
export const CORRECTED = '2026-03-02';

/** The developments of a file of the bundled record, one a line. */
export async function readRecord(file: string): Promise<readonly DevelopmentInput[]> {
  const text = await readFile(new URL(`../../events/records/${file}`, import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as DevelopmentInput);
}

/** A tracker in memory that holds the five reports, and the correction as well if asked to. */
export async function openRecord(options: { readonly corrected: boolean }): Promise<Tracker> {
  let day = RECORDED;
  const clock = () => Date.parse(`${day}T09:00:00Z`);
  const tracker = openTracker({ store: await openStore('sqlite::memory:', { clock }), now: clock });
  await tracker.record(await readRecord('russia-ukraine.jsonl'));
  if (options.corrected) {
    day = CORRECTED;
    await tracker.record(await readRecord('russia-ukraine.corrections.jsonl'));
  }
  return tracker;
}

/** The view as of a day, as it was known then. */
export const asThenKnown = (asOf: string): View => ({ asOf, then: true });

export const find = ({ positions }: State, party: string, issue: string): Position | undefined =>
  positions.find((position) => position.party === party && position.issue === issue);

/** The position of a party on an issue; a test that expects one fails where there is none. */
export function cell(state: State, party: string, issue: string): Position {
  const position = find(state, party, issue);
  if (!position) throw new Error(`${party} has nothing on ${issue} as of ${state.asOf}`);
  return position;
}

/** The cells that hold a position, as "issue · party", sorted. */
export const held = ({ positions }: State): readonly string[] =>
  positions
    .filter(({ status }) => status === 'held')
    .map(({ party, issue }) => `${issue} · ${party}`)
    .sort();
