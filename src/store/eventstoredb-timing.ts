/** How long the adapter waits for what, in milliseconds. */
export interface Timeouts {
  /** for the answer to one attempt at an append */
  readonly append: number;
  /** how long an append whose outcome is unknown is tried again */
  readonly outcome: number;
  /** how long a call that the server surely did not begin is tried again */
  readonly unavailable: number;
  /** for the next item of a read, the first included */
  readonly read: number;
  /** for a subscription to be confirmed */
  readonly confirmation: number;
  /** between two attempts: at first, doubling from there */
  readonly backoffMin: number;
  /** between two attempts: at the most */
  readonly backoffMax: number;
}

export const TIMEOUTS: Timeouts = {
  append: 5_000,
  outcome: 20_000,
  unavailable: 3_000,
  read: 10_000,
  confirmation: 10_000,
  backoffMin: 100,
  backoffMax: 10_000,
};

/**
 * Milliseconds to wait after so many failures in a row. Half of it is chance, so that many processes that lost their server at the
 * same moment do not come back at the same moment.
 */
export function backoff(
  failures: number,
  { backoffMin, backoffMax }: Pick<Timeouts, 'backoffMin' | 'backoffMax'>,
  random: () => number = Math.random,
): number {
  const full = Math.min(backoffMax, backoffMin * 2 ** Math.min(failures, 30));
  return Math.max(backoffMin, full * (0.5 + 0.5 * random()));
}
