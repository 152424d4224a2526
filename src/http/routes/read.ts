/** What is read: the same questions as on the command line, with the same answers. */
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { chronicleEntry, difference, historyEntry, round, state } from '../../../projections/index.ts';
import type { StateText } from '../../tracker/index.ts';
import { negotiationSummary } from '../answers.ts';
import { JSON_TYPE } from '../cache/answering.ts';
import { acceptedMoment, sayMemento } from '../memento.ts';
import type { Context } from '../options.ts';
import { detailOf } from '../problem.ts';
import { cell, cellParams, endpoint, gates, negotiationParams, waiting, whole } from '../queries.ts';
import { reachedBy } from '../ready.ts';
import { nextPage, notModified, problems } from '../responses.ts';

/** As many developments as one answer holds. */
const MOST_DEVELOPMENTS = 10_000;

export const readRoutes: FastifyPluginAsyncZod<Context> = async (app, { tracker, limits, answering, now }) => {
  const reached = reachedBy(tracker, limits.waitMs);

  app.get(
    '/api/negotiations',
    {
      schema: {
        operationId: 'listNegotiations',
        tags: ['read'],
        summary: 'The negotiations on record',
        querystring: z.strictObject(waiting),
        response: { 200: z.array(negotiationSummary), ...problems(400, 401, 503) },
      },
    },
    async ({ query, log }) => {
      await reached(query.minPosition);
      return (await tracker.negotiations()).map(({ failure, ...one }) => {
        if (failure === null) return { ...one, failure };
        log.error(failure, `${one.negotiation} cannot be read`);
        return { ...one, failure: { code: failure.code, message: detailOf(failure) } };
      });
    },
  );

  app.get(
    '/api/negotiations/:negotiation/state',
    {
      preValidation: answering.recall,
      schema: {
        operationId: 'readState',
        tags: ['read'],
        summary: 'What each party had stated on each issue, through the gates',
        params: negotiationParams,
        querystring: z.strictObject({ ...gates, ...cell, ...waiting }),
        headers: z.looseObject({ 'accept-datetime': z.string().optional() }),
        response: { 200: state, ...notModified, ...problems(400, 401, 404, 503) },
      },
    },
    async (request, reply) => {
      const { minPosition, asOf = acceptedMoment(request, now()), ...view } = request.query;
      await reached(minPosition);
      const make = async () => {
        const text = await tracker.stateText(request.params.negotiation, { ...view, asOf });
        const moment = text.gates.asOf;
        // What is still to come may be told otherwise when it has.
        sayMemento(request, reply, asOf === undefined || Date.parse(moment) > now() ? undefined : moment);
        return text;
      };
      const format = { type: JSON_TYPE, write: ({ parts }: StateText) => parts };
      // A state of now names its moment; what else time alone alters in it is which rounds are overdue.
      // That of another moment names it: with Accept-Datetime the address does not.
      const essence = ({ revision, rounds }: StateText) => (asOf === undefined ? [revision, rounds] : [revision, asOf]);
      return answering.send(request, reply, { question: { asOf, recordedBy: view.recordedBy }, make, essence, format });
    },
  );

  app.get(
    '/api/negotiations/:negotiation/rounds',
    {
      preValidation: answering.recall,
      schema: {
        operationId: 'listRounds',
        tags: ['read'],
        summary: 'The rounds of talks, past and ahead',
        params: negotiationParams,
        querystring: z.strictObject({ ...gates, ...waiting }),
        response: { 200: z.array(round), ...notModified, ...problems(400, 401, 404, 503) },
      },
    },
    async (request, reply) => {
      const { minPosition, ...view } = request.query;
      await reached(minPosition);
      const make = async () => (await tracker.proceedings(request.params.negotiation, view)).rounds;
      return answering.send(request, reply, { question: view, make });
    },
  );

  app.get(
    '/api/negotiations/:negotiation/positions/:party/:issue/history',
    {
      preValidation: answering.recall,
      schema: {
        operationId: 'readHistory',
        tags: ['read'],
        summary: 'How the stance of one party on one issue evolved, oldest first, with its sources',
        params: cellParams,
        querystring: z.strictObject({ ...gates, ...waiting }),
        response: { 200: z.array(historyEntry), ...notModified, ...problems(400, 401, 404, 503) },
      },
    },
    async (request, reply) => {
      const { negotiation, party, issue } = request.params;
      const { minPosition, ...view } = request.query;
      await reached(minPosition);
      const make = () => tracker.history(negotiation, { party, issue }, view);
      return answering.send(request, reply, { question: view, make });
    },
  );

  app.get(
    '/api/negotiations/:negotiation/diff',
    {
      preValidation: answering.recall,
      schema: {
        operationId: 'compareDates',
        tags: ['read'],
        summary: 'What moved between two dates',
        params: negotiationParams,
        querystring: z.strictObject({
          from: endpoint,
          to: endpoint,
          then: gates.then,
          recordedBy: gates.recordedBy,
          standard: gates.standard,
          ...cell,
          ...waiting,
        }),
        response: { 200: z.array(difference), ...notModified, ...problems(400, 401, 404, 503) },
      },
    },
    async (request, reply) => {
      const { minPosition, ...view } = request.query;
      await reached(minPosition);
      const make = () => tracker.diff(request.params.negotiation, view);
      return answering.send(request, reply, { question: { asOf: view.to, recordedBy: view.recordedBy }, make });
    },
  );

  app.get(
    '/api/negotiations/:negotiation/developments',
    {
      preValidation: answering.recall,
      schema: {
        operationId: 'listDevelopments',
        tags: ['read'],
        summary: 'Every development in the order in which it counts, with what became of it',
        description: 'In pages: the header `Link` names the next one. `after` is the id of the last development seen.',
        params: negotiationParams,
        querystring: z.strictObject({
          ...gates,
          after: z.string().max(100).optional(),
          limit: whole(1, MOST_DEVELOPMENTS),
          ...waiting,
        }),
        response: { 200: z.array(chronicleEntry), ...notModified, ...problems(400, 401, 404, 503) },
      },
    },
    async (request, reply) => {
      const { minPosition, after, limit = MOST_DEVELOPMENTS, ...view } = request.query;
      await reached(minPosition);
      const make = async () => {
        const { page, more } = await tracker.chroniclePage(request.params.negotiation, view, { after, limit });
        const last = page.at(-1);
        if (last && more) reply.header('link', nextPage(request.url, last.id));
        return page;
      };
      return answering.send(request, reply, { question: view, make });
    },
  );
};
