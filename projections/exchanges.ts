/** Exchanges as a ledger: what was agreed against what was carried out, side by side. They change no position. */
import type { Count, DevelopmentOf } from '../events/index.ts';
import type { Exchange } from './answers.ts';
import { type DenialsOf, denialsIn } from './denials.ts';
import type { Counted } from './record.ts';

type Counts = Readonly<Record<string, Count>>;
type Ledger = Omit<Exchange, 'exchange' | 'status'>;
type Step = DevelopmentOf<'PrisonerExchangeAgreed' | 'PrisonerExchangeCarriedOut'>;

/** The exchanges on record, in the order in which they were first spoken of. */
export function exchangesOf(counted: readonly Counted[]): readonly Exchange[] {
  const exchanges = new Map<string, Step[]>();
  for (const { development } of counted) {
    if (development.type !== 'PrisonerExchangeAgreed' && development.type !== 'PrisonerExchangeCarriedOut') continue;
    const steps = exchanges.get(development.exchange);
    if (steps) steps.push(development);
    else exchanges.set(development.exchange, [development]);
  }
  const denials = denialsIn(counted);
  return [...exchanges].map(([exchange, steps]) => exchangeOf(exchange, steps, denials));
}

function exchangeOf(exchange: string, steps: readonly Step[], denials: DenialsOf): Exchange {
  const ledger = steps.reduce(evolve, EMPTY);
  // One day of which no number is reported leaves the sum of the others open.
  const isOpen = steps.some(({ type, counts }) => type === 'PrisonerExchangeCarriedOut' && !isReported(counts));
  const carriedOut = ledger.carriedOut && isOpen ? atLeastAll(ledger.carriedOut) : ledger.carriedOut;
  const isShort = !isOpen && isShortOf(carriedOut ?? {}, ledger.agreed ?? {});
  const status = ledger.carriedOutOn.length === 0 ? 'agreed' : isShort ? 'partly-carried-out' : 'carried-out';
  return { exchange, status, ...ledger, carriedOut, beside: denials(ledger.developments) };
}

const EMPTY: Ledger = {
  parties: [],
  formula: null,
  agreed: null,
  agreedOn: null,
  carriedOut: null,
  carriedOutOn: [],
  summary: '',
  beside: [],
  developments: [],
};

function evolve(before: Ledger, { type, id, parties, formula, counts, occurred, summary }: Step): Ledger {
  const ledger: Ledger = {
    ...before,
    parties: [...new Set([...before.parties, ...parties])],
    formula: formula ?? before.formula,
    developments: [...before.developments, id],
  };
  switch (type) {
    case 'PrisonerExchangeAgreed':
      return {
        ...ledger,
        agreed: counts ?? before.agreed,
        agreedOn: occurred,
        summary: before.carriedOutOn.length > 0 ? before.summary : summary,
      };
    case 'PrisonerExchangeCarriedOut':
      return {
        ...ledger,
        carriedOut: added(before.carriedOut, counts ?? null),
        carriedOutOn: [...before.carriedOutOn, occurred],
        summary,
      };
  }
}

const isReported = (counts: Counts | undefined): boolean => Object.keys(counts ?? {}).length > 0;

/**
 * Is less carried out than was agreed, for certain, where each day has its numbers? "300+" may be all of 314. A party of which none is
 * reported, while there is one of another, has released nobody.
 */
const isShortOf = (carriedOut: Counts, agreed: Counts): boolean =>
  Object.entries(agreed).some(([party, count]) => atMost(carriedOut[party] ?? 0) < atLeast(count));

/** What several days together released. "300+" and 157 are "457+". */
function added(before: Counts | null, more: Counts | null): Counts | null {
  if (!before || !more) return more ?? before;
  const sum = new Map(Object.entries(before));
  for (const [party, count] of Object.entries(more)) {
    const earlier = sum.get(party);
    sum.set(party, earlier === undefined ? count : plus(earlier, count));
  }
  return Object.fromEntries(sum);
}

const atLeastAll = (counts: Counts): Counts =>
  Object.fromEntries(Object.entries(counts).map(([party, count]) => [party, `${atLeast(count)}+`]));

const atLeast = (count: Count): number => Number.parseInt(`${count}`, 10);

const atMost = (count: Count): number => (typeof count === 'number' ? count : Number.POSITIVE_INFINITY);

function plus(a: Count, b: Count): Count {
  const total = atLeast(a) + atLeast(b);
  return typeof a === 'number' && typeof b === 'number' ? total : `${total}+`;
}
