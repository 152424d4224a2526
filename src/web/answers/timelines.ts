/** Every position over time, held in the page, so that moving through time needs no server at every step. */
import type { CellTimeline, Position } from '../../../projections/answers.ts';
import { countBy } from '../../../projections/search.ts';
import { ask } from './token.ts';

export interface Timelines {
  /** what a cell held at a moment, in milliseconds since 1970 */
  positionAt(party: string, issue: string, at: number): Position | undefined;
}

interface Parsed {
  readonly from: readonly number[];
  readonly positions: readonly (Position | null)[];
}

/** Timelines out of lines of JSON, one a cell. A line is read when its cell is first looked at: most of a large matrix never is. */
export function timelinesOf(lines: Iterable<string>): Timelines {
  const cells = new Map<string, string | Parsed>();
  for (const line of lines) {
    const [, party, issue] = /^\{"party":"([^"]*)","issue":"([^"]*)"/.exec(line) ?? [];
    if (party !== undefined && issue !== undefined) cells.set(`${party}/${issue}`, line);
  }
  return {
    positionAt(party, issue, at) {
      const name = `${party}/${issue}`;
      let cell = cells.get(name);
      if (cell === undefined) return undefined;
      if (typeof cell === 'string') {
        cell = parse(cell);
        cells.set(name, cell);
      }
      return cell.positions[lastBy(cell.from, at)] ?? undefined;
    },
  };
}

function parse(line: string): Parsed {
  const { versions } = JSON.parse(line) as CellTimeline;
  return { from: versions.map(({ from }) => Date.parse(from)), positions: versions.map(({ position }) => position) };
}

/** The place of the last moment not later than `at`, or -1. */
const lastBy = (moments: readonly number[], at: number): number =>
  countBy((place) => moments[place] as number, moments.length, at) - 1;

/** Reads timelines from the server; undefined where it does not give them, or the signal aborts. */
export async function readTimelines(path: string, signal: AbortSignal): Promise<Timelines | undefined> {
  try {
    const response = await ask(path, { headers: { accept: 'application/x-ndjson' }, signal });
    if (!response.ok || !response.body) return undefined;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const lines: string[] = [];
    let rest = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const pieces = (rest + part.value).split('\n');
      rest = pieces.pop() ?? '';
      lines.push(...pieces);
    }
    return timelinesOf(lines);
  } catch {
    return undefined;
  }
}
