/** A negotiation once more, in the order of the world: what moved at each moment between two dates. */
import { z } from 'zod';
import { difference } from '../../projections/index.ts';
import type { Tracker, View } from '../tracker/index.ts';

/** One position moved at one moment. */
export const replayStep = difference.extend({
  negotiation: z.string(),
  at: z.string().meta({ description: 'When it counted from, RFC 3339' }),
  link: z.string().meta({ description: 'The state at that moment, below the address of the API' }),
});
export type ReplayStep = z.output<typeof replayStep>;

export interface ReplayQuery extends Pick<View, 'recordedBy' | 'standard' | 'then'> {
  readonly from: string;
  readonly to: string;
  readonly party?: string | undefined;
  readonly issue?: string | undefined;
}

export interface ReplayMoment {
  /** milliseconds since 1970 */
  readonly at: number;
  readonly steps: readonly ReplayStep[];
}

/**
 * The moments at which something moved, each with what moved; made one by one, as they are asked for.
 * @param after only moments later than this one, milliseconds since 1970
 * @throws as `tracker.state` and `tracker.diff`
 */
export async function* replayMoments(
  tracker: Tracker,
  negotiation: string,
  { from, to, party, issue, ...view }: ReplayQuery,
  after = Number.NEGATIVE_INFINITY,
): AsyncGenerator<ReplayMoment> {
  const start = await tracker.state(negotiation, { ...view, asOf: from, party, issue });
  const begin = Date.parse(start.gates.asOf);
  let before = from;
  for (const at of await momentsUntil(to)) {
    const asOf = new Date(at).toISOString();
    if (at > begin && at > after) {
      const differences = await tracker.diff(negotiation, { ...view, from: before, to: asOf });
      const moved = differences.filter(
        (one) => (party === undefined || one.party === party) && (issue === undefined || one.issue === issue),
      );
      if (moved.length > 0)
        yield { at, steps: moved.map((one) => ({ negotiation, at: asOf, ...one, link: linkTo(asOf) })) };
    }
    if (at > begin) before = asOf;
  }

  /** When something about a position began to count, up to a date. */
  async function momentsUntil(last: string): Promise<readonly number[]> {
    const gates = { recordedBy: view.recordedBy, asOf: last, then: view.then };
    const moments = new Set<number>();
    for (const { effective, issue: about } of await tracker.chronicle(negotiation, gates))
      if (effective !== null && about !== null) moments.add(Date.parse(effective));
    return [...moments].sort((a, b) => a - b);
  }

  function linkTo(asOf: string): string {
    const query = new URLSearchParams({ asOf });
    if (view.then) query.set('then', 'true');
    if (view.recordedBy !== undefined) query.set('recordedBy', view.recordedBy);
    if (view.standard !== undefined) query.set('standard', view.standard);
    return `/api/negotiations/${negotiation}/state?${query}`;
  }
}
