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
  spanOf,
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

/** A development and what was said of it alone; undefined where more was said. */
export function plainFamily(family: readonly Entry[], timeZone: string): PlainFamily | undefined {
  const [root, ...others] = family;
  if (!root || isRecord(root.development)) return undefined;
  const remarks: PlainRemark[] = [];
  for (const { development, recorded, revision } of others) {
    if (!isSaidOf(development, root.development)) return undefined;
    if (development.type === 'DevelopmentDenied') continue;
    remarks.push({ development, clocks: clocksOf(development, recorded, timeZone), revision });
  }
  return { root, remarks, denied: remarks.length < others.length };
}

/**
 * Whether it is a plain word, or a denial, of this development alone. A merge names two; so does a correction that makes something about
 * the record of what was not: what plain words are said of stays of the world.
 */
function isSaidOf(remark: Development, { id }: Development): remark is Plain | Denial {
  const named = namedBy(remark);
  return named.length === 1 && named[0] === id;
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

/** How it reads for who knows some of what was said. */
function headWith({ root, remarks, denied }: PlainFamily, knownFrom: number, timeZone: string): Head {
  const known = remarks.filter(({ clocks }) => clocks.reported <= knownFrom).sort(byOrder);
  let { development } = root;
  let last: Head['last'] = null;
  const sources: Source[] = [];
  let retracted = false;
  for (const { development: remark, clocks, revision } of known) {
    switch (remark.type) {
      case 'DevelopmentCorrected':
        development = corrected(development, remark) ?? development;
        last = { clocks, revision };
        break;
      case 'DevelopmentRetracted':
        retracted = true;
        break;
      case 'DevelopmentCorroborated':
        sources.push(remark.source);
        break;
    }
  }
  const { recorded } = root;
  return { knownFrom, development, recorded, sources: earliest(sources, timeZone), retracted, last, denied };
}

/** The head of a family, whatever lies before it. */
export function headOfFamily(family: PlainFamily, timeZone: string): Head {
  const knownFrom = Math.max(ALWAYS, ...family.remarks.map(({ clocks }) => clocks.reported));
  return headWith(family, knownFrom, timeZone);
}

/** How it reads from a moment on, and from each later one at which more is known, in their order. */
export function headsOf(family: PlainFamily, timeZone: string, from = ALWAYS): readonly Head[] {
  const later = family.remarks.map(({ clocks }) => clocks.reported).filter((moment) => moment > from);
  const moments = new Set([from, ...later]);
  return [...moments].sort((a, b) => a - b).map((moment) => headWith(family, moment, timeZone));
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
      return { ...known, sources: earliest([...head.sources, development.source], timeZone) };
    case 'DevelopmentCorrected': {
      const here = { clocks, revision: remark.revision };
      if (head.last && byOrder(here, head.last) < 0) return undefined;
      return { ...known, development: corrected(head.development, development) ?? head.development, last: here };
    }
  }
}

/** Its clocks, for who knows all of it. */
export const clocksOfHead = ({ development, recorded, sources }: Head, timeZone: string): Clocks =>
  clocksOf(development, recorded, timeZone, sources);

/** Of many sources only the one counts that was published first: it is enough to keep that. */
function earliest(sources: readonly Source[], timeZone: string): readonly Source[] {
  const dated = sources.flatMap((source) =>
    source.published === undefined ? [] : [{ source, end: spanOf(source.published, timeZone).end }],
  );
  return dated
    .sort((a, b) => a.end - b.end)
    .slice(0, 1)
    .map(({ source }) => source);
}

/** Before any remark is known. */
export const ALWAYS = -Number.MAX_VALUE;
