/**
 * Heads: how a development reads for who knows all that was ever said of it. Nearly all that is said of a development is said of it
 * alone, and is known later than what was said before: then only the head changes, and nothing has to be read again.
 */
import {
  byOrder,
  type Clocks,
  clocksOf,
  type Development,
  type DevelopmentOf,
  type Entry,
  isRecord,
  type Source,
} from '../../events/index.ts';
import { corrected } from '../corrected.ts';
import { namedBy } from '../related.ts';

export interface Head {
  /** who knows from here on knows all of it */
  readonly knownFrom: number;
  readonly development: Development;
  readonly recorded: number;
  /** the further source that was published first */
  readonly sources: readonly Source[];
  readonly retracted: boolean;
  /** where the last correction counts */
  readonly last: { readonly clocks: Clocks; readonly revision: number } | null;
  /** somebody denies it: a denial does not change how it reads, but how the denial counts changes with it */
  readonly denied: boolean;
}

type Denial = DevelopmentOf<'DevelopmentDenied'>;
type Plain = DevelopmentOf<'DevelopmentCorrected' | 'DevelopmentRetracted' | 'DevelopmentCorroborated'>;

/** The head of a development that nothing speaks of. */
const headOf = ({ development, recorded }: Entry): Head => ({
  ...{ knownFrom: -Number.MAX_VALUE, development, recorded, sources: [], retracted: false, last: null, denied: false },
});

/** A development and what was said of it alone; undefined where more was said. */
export function plainFamily(family: readonly Entry[], timeZone: string): PlainFamily | undefined {
  const [root, ...others] = family;
  if (!root || isRecord(root.development)) return undefined;
  if (!others.every(({ development }) => isSaidOf(development, root.development))) return undefined;
  const remarks = others.flatMap(({ development, recorded, revision }): PlainRemark[] =>
    isPlain(development) ? [{ development, clocks: clocksOf(development, recorded, timeZone), revision }] : [],
  );
  return { root, remarks, denied: remarks.length < others.length };
}

/** Whether it is a plain word, or a denial, of this development alone. */
function isSaidOf(remark: Development, { id }: Development): remark is Plain | Denial {
  const named = namedBy(remark);
  return (isPlain(remark) || remark.type === 'DevelopmentDenied') && named.length === 1 && named[0] === id;
}

interface PlainRemark {
  readonly development: Plain;
  readonly clocks: Clocks;
  readonly revision: number;
}

export interface PlainFamily {
  readonly root: Entry;
  readonly remarks: readonly PlainRemark[];
  /** beside these, there are denials */
  readonly denied: boolean;
}

/** How it reads for who knows some of what was said; undefined where that would make it something about the record. */
function headWith({ root, remarks, denied }: PlainFamily, knownFrom: number, timeZone: string): Head | undefined {
  const head = headOf(root);
  const known = remarks.filter(({ clocks }) => clocks.reported <= knownFrom);
  let { development } = head;
  let last: Head['last'] = null;
  for (const remark of known.toSorted(byOrder)) {
    if (remark.development.type !== 'DevelopmentCorrected') continue;
    development = corrected(development, remark.development) ?? development;
    last = remark;
    if (isRecord(development)) return undefined;
  }
  const sources = known.flatMap(({ development: said }) =>
    said.type === 'DevelopmentCorroborated' ? [said.source] : [],
  );
  const retracted = known.some(({ development: said }) => said.type === 'DevelopmentRetracted');
  return { ...head, knownFrom, development, last, retracted, denied, sources: earliest(sources, head, timeZone) };
}

/** The head of a family, whatever lies before it. */
export function headOfFamily(family: PlainFamily, timeZone: string): Head | undefined {
  const knownFrom = Math.max(-Number.MAX_VALUE, ...family.remarks.map(({ clocks }) => clocks.reported));
  return headWith(family, knownFrom, timeZone);
}

/** How it reads from each moment on at which more is known, in their order; undefined where that would not be plain. */
export function headsOf(family: PlainFamily, timeZone: string): readonly Head[] | undefined {
  const moments = new Set([-Number.MAX_VALUE, ...family.remarks.map(({ clocks }) => clocks.reported)]);
  const heads = [...moments].sort((a, b) => a - b).map((moment) => headWith(family, moment, timeZone));
  return heads.every((head) => head !== undefined) ? heads : undefined;
}

/** The head after one more remark; undefined where that is not known last, not to be counted last, or more than a plain word. */
export function afterRemark(head: Head, remark: Entry, timeZone: string): Head | undefined {
  const { development } = remark;
  if (!isSaidOf(development, head.development)) return undefined;
  const clocks = clocksOf(development, remark.recorded, timeZone);
  if (clocks.reported < head.knownFrom) return undefined;
  if (development.type === 'DevelopmentDenied') return { ...head, denied: true };
  // How its denials count would change with it.
  if (head.denied) return undefined;
  const known = { ...head, knownFrom: clocks.reported };
  switch (development.type) {
    case 'DevelopmentRetracted':
      return { ...known, retracted: true };
    case 'DevelopmentCorroborated':
      return { ...known, sources: earliest([...head.sources, development.source], head, timeZone) };
    case 'DevelopmentCorrected': {
      const here = { clocks, revision: remark.revision };
      if (head.last && byOrder(here, head.last) < 0) return undefined;
      const next = corrected(head.development, development) ?? head.development;
      return isRecord(next) ? undefined : { ...known, development: next, last: here };
    }
  }
}

/** Its clocks, for who knows all of it. */
export const clocksOfHead = ({ development, recorded, sources }: Head, timeZone: string): Clocks =>
  clocksOf(development, recorded, timeZone, sources);

function isPlain(development: Development): development is Plain {
  switch (development.type) {
    case 'DevelopmentCorrected':
    case 'DevelopmentRetracted':
    case 'DevelopmentCorroborated':
      return true;
    default:
      return false;
  }
}

/** Of many sources only the one counts that was published first: it is enough to keep that. */
function earliest(sources: readonly Source[], { development, recorded }: Head, timeZone: string): readonly Source[] {
  const reported = (source: Source): number => clocksOf({ ...development, source }, recorded, timeZone).reported;
  const dated = sources.filter(({ published }) => published !== undefined);
  const [first, ...rest] = dated;
  if (!first) return [];
  return [rest.reduce((best, source) => (reported(source) < reported(best) ? source : best), first)];
}
