/** Every position over time, for those who move through time: one line of JSON a cell. */
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import type { Context } from '../options.ts';
import { gates, negotiationParams, waiting } from '../queries.ts';
import { reachedBy } from '../ready.ts';
import { JSON_LINES, problems, text } from '../responses.ts';
import { begin, LINE_STREAM } from '../stream/begin.ts';
import { sinkOf } from '../stream/sink.ts';

export const timelineRoutes: FastifyPluginAsyncZod<Context> = async (
  app,
  { tracker, limits, countHeavy, streams, metrics },
) => {
  const { asOf: _, ...knowledge } = gates;
  const reached = reachedBy(tracker, limits.waitMs);
  app.get(
    '/api/negotiations/:negotiation/timelines',
    {
      onRequest: countHeavy,
      schema: {
        operationId: 'readTimelines',
        tags: ['read'],
        summary: 'What each cell held from each moment at which that changed',
        description:
          'As lines of JSON, one a cell. At any moment, the last version not later than it is what the state of that moment says; with `then`, as it was known at that moment.',
        params: negotiationParams,
        querystring: z.strictObject({ ...knowledge, ...waiting }),
        response: {
          ...text('Each line is one cell: `party`, `issue`, `versions`', JSON_LINES),
          ...problems(400, 401, 404, 503),
        },
      },
    },
    async (request, reply) => {
      const { minPosition, ...view } = request.query;
      await reached(minPosition);
      const timelines = tracker.timelines(request.params.negotiation, view)[Symbol.asyncIterator]();
      // What is wrong with the request is said before the stream begins.
      let next = await timelines.next();
      if (request.method === 'HEAD') {
        await timelines.return?.();
        begin(reply, LINE_STREAM).end();
        return reply;
      }
      const admitted = streams.admit(request);
      const sink = sinkOf(begin(reply, LINE_STREAM), limits, metrics.cutOff);
      admitted(sink);
      try {
        while (!next.done && !sink.closed) {
          sink.write(`${JSON.stringify(next.value)}\n`);
          await sink.drained();
          next = await timelines.next();
        }
        sink.end();
      } catch (error) {
        request.log.error(error);
        sink.abort();
      }
      return reply;
    },
  );
};
