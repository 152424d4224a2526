/** Replay as a stream, at a chosen pace: lines of JSON, or server-sent events for those who accept them. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { prefers } from '../accept.ts';
import type { Context } from '../options.ts';
import { cell, endpoint, gates, negotiationParams, waiting } from '../queries.ts';
import { reachedBy } from '../ready.ts';
import { type ReplayStep, replayMoments, replayStep } from '../replay.ts';
import { JSON_LINES, problems } from '../responses.ts';
import { begin, EVENT_STREAM, LINE_STREAM } from '../stream/begin.ts';
import { frame, opening } from '../stream/frames.ts';
import { sinkOf } from '../stream/sink.ts';

const RETRY_MS = 2000;
const END = 'end';

const PACE = 'write how many moments a second, from 0.1 to 100';
const pace = z
  .string()
  .regex(/^\d{1,3}(?:\.\d{1,2})?$/, PACE)
  .transform(Number)
  .pipe(z.number().min(0.1, PACE).max(100, PACE))
  .optional()
  .meta({
    description: 'Moments a second; absent: as fast as they are read',
    type: 'number',
    pattern: undefined,
    minimum: 0.1,
    maximum: 100,
  });
/** The moment of the last event seen, milliseconds since 1970, or that the replay was seen to its end. */
const place = z.union([z.literal(END), z.string().regex(/^-?\d{1,15}$/, 'write the id of an event of this replay')]);

export const replayRoutes: FastifyPluginAsyncZod<Context> = async (
  app,
  { tracker, limits, countHeavy, streams, metrics },
) => {
  const reached = reachedBy(tracker, limits.waitMs);

  app.get(
    '/api/negotiations/:negotiation/replay',
    {
      onRequest: countHeavy,
      schema: {
        operationId: 'replay',
        tags: ['changes'],
        summary: 'What moved between two dates, in the order in which it counted',
        description:
          'With `then`, also what moved because something became known. As lines of JSON; as server-sent events (`change`, then `end`) for those who accept `text/event-stream`. The events of one moment share its id, and `Last-Event-ID` goes on after it.',
        params: negotiationParams,
        querystring: z.strictObject({
          from: endpoint,
          to: endpoint,
          pace,
          ...cell,
          then: gates.then,
          recordedBy: gates.recordedBy,
          standard: gates.standard,
          ...waiting,
        }),
        headers: z.looseObject({ 'last-event-id': place.optional() }),
        response: {
          200: {
            description: 'Each line, or each event, is one position that moved',
            content: { [JSON_LINES]: { schema: replayStep }, 'text/event-stream': { schema: z.string() } },
          } as unknown,
          204: { description: 'The replay was seen to its end' },
          ...problems(400, 401, 404, 503),
        },
      },
    },
    async (request, reply) => {
      const { pace: perSecond, minPosition, ...query } = request.query;
      const events = prefers(request.headers.accept, 'text/event-stream', JSON_LINES);
      const seen = request.headers['last-event-id'];
      // Tells an EventSource, which would begin again by itself, that there is no more.
      if (seen === END) return reply.code(204).send();
      await reached(minPosition);
      const moments = replayMoments(
        tracker,
        request.params.negotiation,
        query,
        seen === undefined ? undefined : Number(seen),
      );
      // What is wrong with the request is said before the stream begins.
      let next = await moments.next();
      if (request.method === 'HEAD') {
        await moments.return(undefined);
        begin(reply, events ? EVENT_STREAM : LINE_STREAM).end();
        return reply;
      }
      const admitted = streams.admit(request);
      const sink = sinkOf(begin(reply, events ? EVENT_STREAM : LINE_STREAM), limits, metrics.cutOff);
      admitted(sink);
      if (events) sink.write(opening(RETRY_MS));
      try {
        while (!next.done && !sink.closed) {
          const { at, steps } = next.value;
          // Together, so that a reader never has half of a moment.
          sink.write(steps.map((step) => (events ? frame('change', String(at), step) : line(step))).join(''));
          await sink.drained();
          if (perSecond !== undefined) await pause(1000 / perSecond);
          next = await moments.next();
        }
        sink.end(events ? frame(END, END, {}) : '');
      } catch (error) {
        request.log.error(error);
        sink.abort();
      }
      return reply;
    },
  );
};

const line = (step: ReplayStep): string => `${JSON.stringify(step)}\n`;
