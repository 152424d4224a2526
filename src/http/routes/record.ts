/** Recording: developments are added, never changed. */
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { DemarcheError } from '../../../events/errors.ts';
import { type DevelopmentInput, developmentSchema, type Fault } from '../../../events/index.ts';
import { recording } from '../answers.ts';
import type { Context } from '../options.ts';
import { negotiationParams } from '../queries.ts';
import { problems } from '../responses.ts';
import { validatorCompiler } from '../validation.ts';

export const recordRoutes: FastifyPluginAsyncZod<Context> = async (app, { tracker, limits }) => {
  app.post(
    '/api/negotiations/:negotiation/developments',
    {
      schema: {
        operationId: 'recordDevelopments',
        tags: ['record'],
        summary: 'Record one development, or several: all of them or none',
        description:
          'The same development again adds nothing, so a retry is always safe; `negotiation` may be left out of the body. 200 instead of 201 means that all of it was on record already.',
        params: negotiationParams,
        querystring: z.strictObject({}),
        body: z.union([developmentSchema, z.array(developmentSchema).min(1)]),
        response: { 200: recording, 201: recording, ...problems(400, 401, 403, 409, 413, 415, 422, 429, 503) },
      },
      // The tracker checks developments, as for every other way in: older versions are brought up, all faults are named.
      validatorCompiler: (route) => (route.httpPart === 'body' ? () => true : validatorCompiler(route as never)),
    },
    async ({ params: { negotiation }, body }, reply) => {
      const inputs = addressed(body, negotiation, limits.batch);
      const answer = await tracker.record(inputs);
      return reply.code(answer.developments.some(({ added }) => added) ? 201 : 200).send(answer);
    },
  );
};

/** The developments of a body, each for the negotiation of the path. */
function addressed(body: unknown, negotiation: string, most: number): readonly DevelopmentInput[] {
  const inputs: readonly unknown[] = Array.isArray(body) ? body : [body];
  if (inputs.length > most)
    throw new DemarcheError('BODY_TOO_LARGE', `one call takes up to ${most} developments, here are ${inputs.length}`);
  const faults: Fault[] = [];
  const developments = inputs.map((input, index) => {
    if (input === null || typeof input !== 'object' || Array.isArray(input)) return input;
    const { negotiation: named = negotiation } = input as { readonly negotiation?: unknown };
    if (named !== negotiation)
      faults.push({
        field: 'negotiation',
        value: named,
        message: `this address takes developments of ${negotiation}`,
        ...(inputs.length > 1 ? { index } : {}),
      });
    return { ...input, negotiation: named };
  });
  if (faults.length > 0) throw new DemarcheError('DEVELOPMENT_INVALID', faults[0]?.message ?? '', { faults });
  return developments as readonly DevelopmentInput[];
}
