/** The OpenAPI 3.1 description, made from the same zod schemas that check requests and shape answers. */
import swagger from '@fastify/swagger';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from '@fastify/type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { developmentSchema } from '../../../events/index.ts';
import * as answers from '../../../projections/answers.ts';
import { negotiationSummary, recording } from '../answers.ts';
import { problem } from '../problem.ts';
import { replayStep } from '../replay.ts';
import { deadLetter, madeWebhook, shownWebhook, webhookInput } from '../webhooks/webhook.ts';
import { type JsonObject, tidy } from './tidy.ts';

/** What is named once and referred to; the rest stands where it is used. */
const NAMED = {
  Development: developmentSchema,
  State: answers.state,
  Position: answers.position,
  Round: answers.round,
  Plan: answers.plan,
  Exchange: answers.exchange,
  Agreement: answers.agreement,
  Participant: answers.participant,
  Issue: answers.issue,
  HistoryEntry: answers.historyEntry,
  Difference: answers.difference,
  Change: answers.change,
  ChronicleEntry: answers.chronicleEntry,
  Negotiation: negotiationSummary,
  Recording: recording,
  ReplayStep: replayStep,
  Webhook: shownWebhook,
  NewWebhook: webhookInput,
  MadeWebhook: madeWebhook,
  DeadLetter: deadLetter,
  Problem: problem,
} as const satisfies Record<string, z.ZodType>;

const registry = z.registry<{ id?: string | undefined; [key: string]: unknown }>();
for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { ...z.globalRegistry.get(schema), id });

/** The library asks the registry of names alone what is said of a schema: what is said where it is made has to be brought along. */
const zodToJsonConfig: NonNullable<Parameters<typeof createJsonSchemaTransform>[0]['zodToJsonConfig']> = {
  override({ zodSchema, jsonSchema }) {
    const { id: _, ...said } = z.globalRegistry.get(zodSchema) ?? {};
    Object.assign(jsonSchema, said);
  },
};
const zodTransform = createJsonSchemaTransform({ schemaRegistry: registry, zodToJsonConfig });
const zodTransformObject = createJsonSchemaTransformObject({ schemaRegistry: registry, zodToJsonConfig });

type Transform = typeof zodTransform;

/** An answer that is not plain JSON says itself what it is. */
interface Described {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: z.ZodType }>>;
}

const isDescribed = (response: unknown): response is Described => !(response instanceof z.ZodType);

/** As the library's; and each answer is described, whatever its type. */
const transform: Transform = (document) => {
  const { schema } = document;
  if (!schema || !('response' in schema) || !schema.response) return zodTransform(document);
  const described = Object.entries(schema.response as Record<string, unknown>).map(([status, response]) => {
    const { description, content } = isDescribed(response) ? response : plainAnswer(status, response as z.ZodType);
    return [status, { description, ...(content ? { content: converted(content) } : { type: 'null' }) }];
  });
  const { response: _, ...rest } = schema;
  const done = zodTransform({ ...document, schema: rest });
  return { ...done, schema: { ...done.schema, response: Object.fromEntries(described) } };
};

const plainAnswer = (status: string, schema: z.ZodType): Described => ({
  description: status === '201' ? 'Done' : status === '200' ? 'The answer' : 'Not now',
  content: { 'application/json': { schema } },
});

/** The library converts the schemas of answers; it only does not know content types. */
function converted(content: NonNullable<Described['content']>): object {
  const document = {
    schema: { response: mapValues(content, ({ schema }) => schema) },
    url: '',
    openapiObject: { openapi: VERSION },
  };
  const { schema } = zodTransform(document as unknown as Parameters<Transform>[0]);
  return mapValues(schema.response as Record<string, object>, (json) => ({ schema: json }));
}

const mapValues = <T, U>(values: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]));

const VERSION = '3.1.1';

/** Makes the description; `app.swagger()` answers it once every route is there. */
export async function describe(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: VERSION,
      info: {
        title: 'Demarche',
        version,
        description:
          'Negotiating positions: who stated what on which issue, as of any date, as it was known then or as it is known now.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      tags: [
        { name: 'read', description: 'States, histories, rounds, differences' },
        { name: 'record', description: 'Developments; nothing recorded is ever changed or deleted' },
        { name: 'changes', description: 'What each recording did to positions: pages, streams, feeds, webhooks' },
        { name: 'export', description: 'Everything, for other tools' },
        { name: 'run', description: 'Is it well?' },
      ],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'A token made by `demarche token create`' },
          basic: {
            type: 'http',
            scheme: 'basic',
            description: 'The same token as the password, for tools that know no other way',
          },
        },
      },
      security: [{ bearer: [] }, { basic: [] }, {}],
    },
    transform,
    transformObject: (document) => tidy(zodTransformObject(document) as unknown as JsonObject) as never,
  });
}
