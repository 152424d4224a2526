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
import { corrected } from '../record.ts';
import { namedBy } from './facts.ts';

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
}

type Plain = DevelopmentOf<'DevelopmentCorrected' | 'DevelopmentRetracted' | 'DevelopmentCorroborated'>;

/** The head of a development that nothing speaks of. */
export const headOf = ({ development, recorded }: Entry): Head => ({
  ...{ knownFrom: -Number.MAX_VALUE, development, recorded, sources: [], retracted: false, last: null },
});

/** The head of a family; undefined where more than plain words about one development were said, or not in order. */
export function headOfFamily(family: readonly Entry[], timeZone: string): Head | undefined {
  const [first, ...remarks] = family;
  if (!first || isRecord(first.development)) return undefined;
  let head: Head | undefined = headOf(first);
  for (const remark of remarks) head = head && afterRemark(head, remark, timeZone);
  return head;
}

/** The head after one more remark; undefined where that is not known last, not to be counted last, or more than a plain word. */
export function afterRemark(head: Head, remark: Entry, timeZone: string): Head | undefined {
  const { development } = remark;
  const named = namedBy(development);
  if (!isPlain(development) || named.length !== 1 || named[0] !== head.development.id) return undefined;
  const clocks = clocksOf(development, remark.recorded, timeZone);
  if (clocks.reported < head.knownFrom) return undefined;
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
