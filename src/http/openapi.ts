/** The OpenAPI 3.1 description, made from the same zod schemas that check requests and shape answers. */
import swagger from '@fastify/swagger';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from '@fastify/type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { developmentSchema } from '../../events/index.ts';
import * as answers from '../../projections/answers.ts';
import { negotiationSummary, recording } from './answers.ts';
import { problem } from './problem.ts';
import { replayStep } from './replay.ts';
import { deadLetter, madeWebhook, shownWebhook, webhookInput } from './webhooks/webhook.ts';

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

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null;
type JsonObject = { [key: string]: Json };

const zodTransform = createJsonSchemaTransform({ schemaRegistry: registry });
const zodTransformObject = createJsonSchemaTransformObject({ schemaRegistry: registry });

type Transform = typeof zodTransform;

/** As the library's, and it knows answers that are not plain JSON: those carry `content`. */
const transform: Transform = (document) => {
  const { schema } = document;
  if (!schema || !('response' in schema) || !schema.response) return zodTransform(document);
  const responses = Object.entries(schema.response as Record<string, unknown>);
  const plain = responses.filter(([, response]) => response instanceof z.ZodType);
  const rest = responses.filter(([, response]) => !(response instanceof z.ZodType)) as [string, Described][];
  const done = zodTransform({ ...document, schema: { ...schema, response: Object.fromEntries(plain) } });
  const described = rest.map(([status, { content, ...more }]) => [
    status,
    { ...more, ...(content ? { content: mediaTypes(content) } : {}) },
  ]);
  return {
    ...done,
    schema: { ...done.schema, response: { ...(done.schema.response as object), ...Object.fromEntries(described) } },
  };
};

interface Described {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: z.ZodType }>>;
}

const mediaTypes = (content: NonNullable<Described['content']>) =>
  Object.fromEntries(
    Object.entries(content).map(([type, { schema }]) => {
      const id = registry.get(schema)?.id;
      return [type, { schema: id ? { $ref: `#/components/schemas/${id}` } : z.toJSONSchema(schema, { io: 'output' }) }];
    }),
  );

/** Makes the description; `app.swagger()` answers it once every route is there. */
export async function describe(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.1',
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
    transformObject: (document) => onlyUsed(zodTransformObject(document) as unknown as JsonObject) as never,
  });
}

/** The library names every schema twice, as read and as written: those nothing refers to are left out. */
function onlyUsed(document: JsonObject): JsonObject {
  const components = document['components'] as { readonly schemas: JsonObject } & JsonObject;
  const used = new Set<string>();
  const visit = (value: Json): void => {
    for (const [, id = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(id)) continue;
      used.add(id);
      visit(components.schemas[id] ?? null);
    }
  };
  visit(document['paths'] ?? null);
  const schemas = Object.fromEntries(Object.entries(components.schemas).filter(([id]) => used.has(id)));
  return { ...document, components: { ...components, schemas } };
}
