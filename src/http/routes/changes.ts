/** Position changes: in pages, and as a stream of server-sent events that can be taken up again anywhere. */
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { change } from '../../../projections/index.ts';
import type { Context } from '../options.ts';
import { changeFilter, cursor, negotiationParams, waiting, whole } from '../queries.ts';
import { appliedPosition, reachedBy } from '../ready.ts';
import { nextPage, problems, text } from '../responses.ts';
import { begin, EVENT_STREAM } from '../stream/begin.ts';
import { follow } from '../stream/follow.ts';
import { sinkOf } from '../stream/sink.ts';

const PAGE = 100;
const LARGEST_PAGE = 1000;

const after = cursor
  .optional()
  .meta({ description: 'The cursor of the last change seen; what came after it is answered' });

export const changeRoutes: FastifyPluginAsyncZod<Context> = async (app, { tracker, limits, streams, metrics }) => {
  const reached = reachedBy(tracker, limits.waitMs);

  app.get(
    '/api/negotiations/:negotiation/changes',
    {
      schema: {
        operationId: 'listChanges',
        tags: ['changes'],
        summary: 'What each recording did to positions, oldest first',
        description: 'In pages: the header `Link` names the next one while there is more.',
        params: negotiationParams,
        querystring: z.strictObject({ ...changeFilter, after, limit: whole(1, LARGEST_PAGE), ...waiting }),
        response: { 200: z.array(change), ...problems(400, 401, 404, 503) },
      },
    },
    async ({ params: { negotiation }, query: { minPosition, limit = PAGE, ...query }, url }, reply) => {
      await reached(minPosition);
      const found = await tracker.changes(negotiation, { ...query, limit: limit + 1 });
      const page = found.slice(0, limit);
      const last = page.at(-1);
      if (last && found.length > limit) reply.header('link', nextPage(url, last.cursor));
      return page;
    },
  );

  app.get(
    '/api/negotiations/:negotiation/changes/stream',
    {
      schema: {
        operationId: 'streamChanges',
        tags: ['changes'],
        summary: 'Position changes as they are recorded, as server-sent events',
        description: [
          'Each change is an event `change` whose `id` is its cursor. `Last-Event-ID`, or else `after`, resumes right behind it, also',
          'after the server was started again: nothing is lost and nothing comes twice. Without either, the stream begins now.',
          'An event `ready` says that everything recorded before was sent; a comment every few seconds is a sign of life.',
          'An event `behind` says since when (RFC 3339) the newest may be missing, since the store is away, and with null that it is not any more.',
          'A reader that is too slow is cut off, and can resume. A stream that cannot go on, since the log turned out to be damaged, ends',
          'with an event `problem`, which says what the answer to a question would.',
        ].join(' '),
        params: negotiationParams,
        querystring: z.strictObject({ ...changeFilter, after }),
        headers: z.looseObject({ 'last-event-id': cursor.optional() }),
        response: {
          ...text('Events `change`, `ready`, `behind` and `problem`', 'text/event-stream'),
          ...problems(400, 401, 404, 503),
        },
      },
    },
    async (request, reply) => {
      const { negotiation } = request.params;
      const { after: asked, standard = 'stated', ...filter } = request.query;
      const applied = await appliedPosition(tracker, limits.waitMs);
      const start = request.headers['last-event-id'] ?? asked ?? applied;
      // What is wrong with the request is said before the stream begins.
      await tracker.changes(negotiation, { ...filter, standard, after: start, limit: 0 });
      if (request.method === 'HEAD') return void begin(reply, EVENT_STREAM).end();
      const { hub, release } = await streams.acquire(negotiation, standard);
      try {
        const admitted = streams.admit(request);
        const sink = sinkOf(begin(reply, EVENT_STREAM), limits, metrics.cutOff);
        admitted(sink);
        sink.onClose(release);
        void follow({
          tracker,
          negotiation,
          standard,
          filter,
          start,
          hub,
          sink,
          onDelivered: () => metrics.delivered(1),
          onError: (error) => request.log.error(error),
        });
      } catch (error) {
        release();
        throw error;
      }
    },
  );
};
