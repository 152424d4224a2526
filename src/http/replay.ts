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
 * @throws as `tracker.diff`
 */
export async function* replayMoments(
  tracker: Tracker,
  negotiation: string,
  { from, to, party, issue, ...view }: ReplayQuery,
  after = Number.NEGATIVE_INFINITY,
): AsyncGenerator<ReplayMoment> {
  const filter = { party, issue };
  // What cannot be compared cannot be replayed: this says why.
  const span = await tracker.span(negotiation, { ...view, ...filter, from, to });
  let before = from;
  for (const at of await momentsOfChange()) {
    const asOf = new Date(at).toISOString();
    if (at > after) {
      const moved = await tracker.diff(negotiation, { ...view, ...filter, from: before, to: asOf });
      if (moved.length > 0)
        yield { at, steps: moved.map((one) => ({ negotiation, at: asOf, ...one, link: linkTo(asOf) })) };
    }
    before = asOf;
  }

  /**
   * When a position that was asked about changed: because something about it began to count, or, as then known, because something
   * became known of it (a late report, a correction, a retraction).
   */
  async function momentsOfChange(): Promise<readonly number[]> {
    const moments = new Set<number>();
    for await (const { versions } of tracker.timelines(negotiation, { ...view, ...filter }))
      for (const { from: at } of versions) moments.add(Date.parse(at));
    return [...moments].filter((at) => at > span.from && at <= span.to).sort((a, b) => a - b);
  }

  function linkTo(asOf: string): string {
    const query = new URLSearchParams({ asOf });
    if (view.then) query.set('then', 'true');
    if (view.recordedBy !== undefined) query.set('recordedBy', view.recordedBy);
    if (view.standard !== undefined) query.set('standard', view.standard);
    return `/api/negotiations/${negotiation}/state?${query}`;
  }
}
