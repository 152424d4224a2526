/** For people's own readers: a feed of changes, a calendar of rounds. */
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Entry } from '../../../events/index.ts';
import type { Change } from '../../../projections/index.ts';
import { atomOf } from '../feeds/atom.ts';
import { calendarOf } from '../feeds/calendar.ts';
import { openRecent } from '../feeds/recent.ts';
import type { Context } from '../options.ts';
import { changeFilter, negotiationParams, waiting } from '../queries.ts';
import { reachedBy } from '../ready.ts';
import { notModified, problems, text } from '../responses.ts';

const FEED_HOLDS = 50;

export const feedRoutes: FastifyPluginAsyncZod<Context> = async (
  app,
  { tracker, limits, countHeavy, answering, url },
) => {
  const reached = reachedBy(tracker, limits.waitMs);
  const recent = openRecent(tracker, FEED_HOLDS);
  const baseOf = ({ protocol, host }: FastifyRequest) => url ?? `${protocol}://${host}`;

  /** When the newest change was recorded; without one, when anything was: since then it is known that there is none. */
  async function updatedOn(negotiation: string, [newest]: readonly Change[]): Promise<Date> {
    if (newest) return new Date(newest.recorded);
    const { entries } = await tracker.lastRecorded(negotiation, 1);
    return new Date((entries[0] as Entry).recorded);
  }

  app.get(
    '/api/negotiations/:negotiation/changes.atom',
    {
      onRequest: countHeavy,
      preValidation: answering.recall,
      schema: {
        operationId: 'readFeed',
        tags: ['changes'],
        summary: `The newest ${FEED_HOLDS} changes as an Atom feed; with a party or an issue, of that one`,
        params: negotiationParams,
        querystring: z.strictObject({ ...changeFilter, ...waiting }),
        response: {
          ...text('Atom (RFC 4287)', 'application/atom+xml'),
          ...notModified,
          ...problems(400, 401, 404, 503),
        },
      },
    },
    async (request, reply) => {
      const { negotiation } = request.params;
      const { standard = 'stated', minPosition, ...filter } = request.query;
      await reached(minPosition);
      const make = async () => {
        const state = await tracker.proceedings(negotiation);
        const changes = await recent.changes(negotiation, standard, filter);
        return { state, changes, updated: await updatedOn(negotiation, changes) };
      };
      const write = ({ changes, ...made }: Awaited<ReturnType<typeof make>>) =>
        atomOf(changes, { base: baseOf(request), self: request.url, negotiation, standard, ...made });
      return answering.send(request, reply, {
        question: {},
        make,
        format: { type: 'application/atom+xml; charset=utf-8', write },
      });
    },
  );

  app.get(
    '/api/negotiations/:negotiation/rounds.ics',
    {
      onRequest: countHeavy,
      preValidation: answering.recall,
      schema: {
        operationId: 'readCalendar',
        tags: ['read'],
        summary: 'The rounds as an iCalendar to subscribe to',
        description:
          'TENTATIVE while the day is open, was put off or has passed without a word, CONFIRMED where it is on record, CANCELLED where it no longer stands. All-day; a month stands for all its days.',
        params: negotiationParams,
        querystring: z.strictObject(waiting),
        response: { ...text('iCalendar (RFC 5545)', 'text/calendar'), ...notModified, ...problems(400, 401, 404, 503) },
      },
    },
    async (request, reply) => {
      const { negotiation } = request.params;
      await reached(request.query.minPosition);
      const make = async () => ({
        state: await tracker.proceedings(negotiation),
        surroundings: await tracker.surroundings(negotiation),
      });
      const write = (made: Awaited<ReturnType<typeof make>>) =>
        calendarOf({ base: baseOf(request), negotiation, ...made });
      return answering.send(request, reply, {
        question: {},
        make,
        format: { type: 'text/calendar; charset=utf-8', write },
      });
    },
  );
};
