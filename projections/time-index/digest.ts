/**
 * Digests: the facts of a development as a line of text, kept beside its event, so that the index is made anew without reading and
 * parsing every event. A line that this version did not write says nothing, and the event is read.
 */
import { ACT, type Facts, KIND, WORTH } from './facts.ts';
import { NO_WORDS } from './hash.ts';

/** Changed with the facts, and with how they are found in a development. */
const VERSION = 1;

/** JSON has no word for what is open: it is written as numbers too large for it. */
const number = (value: number): string =>
  Number.isNaN(value) ? 'null' : Number.isFinite(value) ? String(value) : value > 0 ? '1e999' : '-1e999';

/** The digest of a development in its negotiation's time zone. */
export function digestOf({
  id,
  kind,
  start,
  end,
  published,
  act,
  worth,
  resets,
  stance,
  place,
  declares,
}: Facts): string {
  const dates = `${number(start)},${number(end)},${number(published)}`;
  const common = `${VERSION},${id.high},${id.low},${kind},${dates}`;
  if (place) {
    const { parties, issue, point, ownPoint } = place;
    const said = `${act},${worth},${Number(resets)},${stance.high},${stance.low}`;
    return `[${common},${said},${JSON.stringify(parties)},"${issue}",${JSON.stringify(point)},${Number(ownPoint)}]`;
  }
  return declares ? `[${common},"${declares.kind}","${declares.name}"]` : `[${common}]`;
}

/** Places in a line. One is read for every event of a log: by place, without taking it apart. */
type Line = readonly [
  version: number,
  high: number,
  low: number,
  kind: Facts['kind'],
  start: number | null,
  end: number | null,
  published: number | null,
];
type Said = readonly [
  ...Line,
  Facts['act'],
  Facts['worth'],
  0 | 1,
  number,
  number,
  string[],
  string,
  string | null,
  0 | 1,
];
type Declared = readonly [...Line, 'party' | 'issue', string];

/** The facts of a digest; undefined for one that another version wrote. */
export function factsIn(digest: string): Facts | undefined {
  const line: Line = JSON.parse(digest);
  if (line[0] !== VERSION) return undefined;
  const said = line[3] === KIND.position ? (line as unknown as Said) : undefined;
  return {
    id: { high: line[1], low: line[2] },
    kind: line[3],
    start: line[4] ?? Number.NaN,
    end: line[5] ?? Number.NaN,
    published: line[6] ?? Number.NaN,
    act: said ? said[7] : ACT.none,
    worth: said ? said[8] : WORTH.denial,
    resets: said ? said[9] === 1 : false,
    stance: said ? { high: said[10], low: said[11] } : NO_WORDS,
    place: said ? { parties: said[12], issue: said[13], point: said[14], ownPoint: said[15] === 1 } : null,
    declares: line.length > 7 && !said ? declaredIn(line as unknown as Declared) : null,
  };
}

const declaredIn = (line: Declared): Facts['declares'] => ({ kind: line[7], name: line[8] });
