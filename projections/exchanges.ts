/** Exchanges as a ledger: what was agreed against what was carried out, side by side. They change no position. */
import type { Count } from '../events/index.ts';
import type { Exchange } from './answers.ts';
import type { Counted } from './record.ts';

type Counts = Readonly<Record<string, Count>>;
type Ledger = Omit<Exchange, 'exchange' | 'status'>;

/** The exchanges on record, in the order in which they were first spoken of. */
export function exchangesOf(counted: readonly Counted[]): readonly Exchange[] {
  const exchanges = new Map<string, Exchange>();
  for (const { development } of counted) {
    if (development.type !== 'PrisonerExchangeAgreed' && development.type !== 'PrisonerExchangeCarriedOut') continue;
    const { exchange, parties, formula, counts, occurred, summary, id } = development;
    const before = exchanges.get(exchange);
    const agreed = development.type === 'PrisonerExchangeAgreed';
    const ledger: Ledger = {
      parties: [...new Set([...(before?.parties ?? []), ...parties])],
      formula: formula ?? before?.formula ?? null,
      agreed: agreed ? (counts ?? before?.agreed ?? null) : (before?.agreed ?? null),
      agreedOn: agreed ? occurred : (before?.agreedOn ?? null),
      carriedOut: agreed ? (before?.carriedOut ?? null) : added(before?.carriedOut ?? null, counts ?? null),
      carriedOutOn: agreed ? (before?.carriedOutOn ?? []) : [...(before?.carriedOutOn ?? []), occurred],
      summary: agreed && before?.carriedOutOn.length ? before.summary : summary,
      developments: [...(before?.developments ?? []), id],
    };
    exchanges.set(exchange, { exchange, status: statusOf(ledger), ...ledger });
  }
  return [...exchanges.values()];
}

/**
 * Carried out in part only where it is short of what was agreed, as far as counts were reported: "300+" may be all of 314. A party of
 * which none is reported, while there is one of another, has released nobody; where no count is reported, none is missing.
 */
function statusOf({ agreed, carriedOut, carriedOutOn }: Ledger): Exchange['status'] {
  if (carriedOutOn.length === 0) return 'agreed';
  const reported = Object.keys(carriedOut ?? {}).length > 0;
  const short = Object.entries(agreed ?? {}).some(
    ([party, count]) => atMost(carriedOut?.[party] ?? 0) < atLeast(count),
  );
  return reported && short ? 'partly-carried-out' : 'carried-out';
}

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

const atLeast = (count: Count): number => Number.parseInt(`${count}`, 10);

const atMost = (count: Count): number => (typeof count === 'number' ? count : Number.POSITIVE_INFINITY);

function plus(a: Count, b: Count): Count {
  const total = atLeast(a) + atLeast(b);
  return typeof a === 'number' && typeof b === 'number' ? total : `${total}+`;
}
