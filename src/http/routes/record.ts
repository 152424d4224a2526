/** Recording: developments are added, never changed. */
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DemarcheError } from '../../../events/errors.ts';
import {
  type DevelopmentInput,
  type DevelopmentType,
  developmentSchema,
  type Fault,
  SCHEMA_VERSION,
} from '../../../events/index.ts';
import { standard } from '../../../projections/index.ts';
import { recording, rehearsal } from '../answers.ts';
import { checkRole } from '../guard.ts';
import { rememberedKeys } from '../idempotency.ts';
import type { Context } from '../options.ts';
import { flag, negotiationParams } from '../queries.ts';
import { problems } from '../responses.ts';
import { validatorCompiler } from '../validation.ts';

/** These speak about what others recorded: they take an editor. */
const RESERVED: ReadonlySet<string> = new Set<DevelopmentType>([
  'DevelopmentCorrected',
  'DevelopmentRetracted',
  'DevelopmentMerged',
]);

const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, 'write 1 to 255 visible ASCII characters, such as a UUID')
  .meta({
    description:
      'A retry with the same key and content adds nothing; the same key with other content is refused, once something was recorded with it',
  });

export const recordRoutes: FastifyPluginAsyncZod<Context> = async (app, { tracker, limits, metrics, answering }) => {
  const keys = rememberedKeys();

  app.post(
    '/api/negotiations/:negotiation/developments',
    {
      config: { role: 'recorder' },
      schema: {
        operationId: 'recordDevelopments',
        tags: ['record'],
        summary: 'Record one development, or several: all of them or none',
        description:
          'The same development again adds nothing, so a retry is always safe; `negotiation` may be left out of the body. 200 instead of 201 means that all of it was on record already.',
        params: negotiationParams,
        querystring: z.strictObject({
          dryRun: flag.meta({ description: 'Check everything, write nothing, and answer how positions would change' }),
          standard: standard.optional(),
        }),
        headers: z.looseObject({ 'idempotency-key': idempotencyKey.optional() }),
        body: z.union([developmentSchema, z.array(developmentSchema).min(1)]),
        response: {
          200: z.union([recording, rehearsal]),
          201: recording,
          ...problems(400, 401, 403, 409, 413, 415, 422, 503, 507),
        },
      },
      // The tracker checks developments, as for every other way in: older versions are brought up, all faults are named.
      validatorCompiler: (route) => (route.httpPart === 'body' ? () => true : validatorCompiler(route as never)),
    },
    async ({ params: { negotiation }, query, headers, body, caller }, reply) => {
      const inputs = addressed(body, negotiation, limits.batch);
      // What is no development at all has no type; the tracker refuses it.
      for (const input of inputs as readonly (DevelopmentInput | null)[])
        if (input && RESERVED.has(input.type)) checkRole(caller, 'editor', `recording a ${input.type}`);
      if (query.dryRun) return tracker.rehearse(inputs, query.standard);
      const key = headers['idempotency-key'];
      const record = () => tracker.record(inputs, caller ? { by: caller.name } : {});
      const answer = await (key === undefined
        ? record()
        : keys.under(`${caller?.id ?? ''} ${negotiation} ${key}`, inputs, record));
      const added = answer.developments.filter((one) => one.added).length;
      metrics.recorded(added);
      if (added > 0) answering.moved();
      return reply.code(added > 0 ? 201 : 200).send(answer);
    },
  );

  app.route({
    method: ['POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/api/negotiations/*',
    schema: { hide: true },
    // Before a body is read: whatever it holds.
    preParsing: refuseOthers,
    handler: refuseOthers,
  });
};

async function refuseOthers({ method, url }: FastifyRequest, reply: FastifyReply): Promise<never> {
  reply.header(
    'allow',
    /^\/api\/negotiations\/[^/?]+\/developments(?:\?|$)/.test(url) ? 'GET, HEAD, POST' : 'GET, HEAD',
  );
  throw new DemarcheError('METHOD_NOT_ALLOWED', method === 'POST' ? WHERE_TO_RECORD : HOW_TO_CORRECT);
}

const WHERE_TO_RECORD = 'This is read with GET. Developments are recorded by a POST to …/developments.';
const HOW_TO_CORRECT =
  'What was recorded stays. POST to …/developments a DevelopmentCorrected (corrects, changes, source) to correct it, or a DevelopmentRetracted (retracts, reason) to take it back.';

/** The developments of a body, each for the negotiation of the path. What else is wrong with them, the tracker says. */
function addressed(body: unknown, negotiation: string, most: number): readonly DevelopmentInput[] {
  const inputs: readonly unknown[] = Array.isArray(body) ? body : [body];
  if (inputs.length > most)
    throw new DemarcheError('BODY_TOO_LARGE', `one call takes up to ${most} developments, here are ${inputs.length}`);
  const faults: Fault[] = [];
  const developments = inputs.map((input, index) => {
    const wrong = (fault: Fault) => faults.push(inputs.length > 1 ? { ...fault, index } : fault);
    // The tracker names what is no development at all, with everything else that is wrong.
    if (input === null || typeof input !== 'object' || Array.isArray(input)) return input;
    const { negotiation: named = negotiation, schemaVersion = SCHEMA_VERSION } = input as Record<string, unknown>;
    if (named !== negotiation)
      wrong({ field: 'negotiation', value: named, message: `this address takes developments of ${negotiation}` });
    if (!VERSIONS.includes(schemaVersion))
      wrong({ field: 'schemaVersion', value: schemaVersion, message: `write a version from 1 to ${SCHEMA_VERSION}` });
    return { ...input, negotiation: named };
  });
  if (faults.length > 0) throw new DemarcheError('DEVELOPMENT_INVALID', faults[0]?.message ?? '', { faults });
  return developments as readonly DevelopmentInput[];
}

const VERSIONS: readonly unknown[] = Array.from({ length: SCHEMA_VERSION }, (_, index) => index + 1);
