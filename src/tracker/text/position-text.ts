/** The text of one position, put together from what its rows say: that of `JSON.stringify` of what `positionOf` tells. */
import { civilDay } from '../../../events/index.ts';
import { MAIN } from '../../../projections/positions.ts';
import type { ResolvedCell, ResolvedPoint } from '../../../projections/time-index/cell.ts';
import type { Scratch } from './scratch.ts';
import { idIn, type Words, writeId, writeKnown, writeStance } from './words.ts';

export interface Said {
  /** the words of a row that sets, affirms or withdraws */
  readonly words: (row: number) => Words;
  /** the text of a row that stands beside a position */
  readonly beside: (row: number) => Buffer;
}

const NO_MAIN =
  '"stance":null,"act":null,"setBy":null,"since":null,"lastAffirmed":null,"timesReiterated":null,"attribution":null,"statedBy":null';

/** A point with its name and, in JSON, since when it holds. */
interface Named {
  readonly point: ResolvedPoint;
  readonly name: string;
  readonly words: Words;
  readonly clocks: string;
}

/** Writes a position behind a comma. */
export function writePosition(out: Scratch, resolved: ResolvedCell, { words, beside }: Said, timeZone: string): void {
  const { cell, withdrawnBy } = resolved;
  const points = resolved.points.map((point) => named(point, words(point.setBy), timeZone));
  const main = points.find(({ name }) => name === MAIN);
  const held = main ? [main, ...points.filter((one) => one !== main)] : points;
  out.text(`,{"party":"${cell.party}","issue":"${cell.issue}",`);
  if (main) {
    writeStance(out, main.words);
    out.text(`${main.clocks},`);
    writeKnown(out, main.words);
  } else out.text(NO_MAIN);
  const status = held.length > 0 ? 'held' : withdrawnBy >= 0 ? 'withdrawn' : 'none';
  out.text(`,"status":"${status}","points":[`);
  for (const [place, { name, words, clocks }] of held.entries()) {
    out.text(`${place > 0 ? ',' : ''}{"point":${JSON.stringify(name)},`);
    writeStance(out, words);
    out.text(`${clocks},`);
    writeKnown(out, words);
    out.text('}');
  }
  out.text('],"beside":[');
  list(out, resolved.beside, (row) => out.bytes(beside(row)));
  out.text('],"developments":[');
  const rows = new Set(held.flatMap(({ point }) => point.restsOn));
  if (withdrawnBy >= 0) rows.add(withdrawnBy);
  list(out, rows, (row) => writeId(out, words(row)));
  out.text(']}');
}

function named(point: ResolvedPoint, words: Words, timeZone: string): Named {
  const [since, lastAffirmed] = [civilDay(point.since, timeZone), civilDay(point.lastAffirmed, timeZone)];
  return {
    point,
    name: point.point ?? idIn(words),
    words,
    clocks: `,"since":"${since}","lastAffirmed":"${lastAffirmed}","timesReiterated":${point.timesReiterated}`,
  };
}

function list(out: Scratch, rows: Iterable<number>, write: (row: number) => void): void {
  let place = 0;
  for (const row of rows) {
    if (place > 0) out.text(',');
    write(row);
    place += 1;
  }
}
