import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ERRORS } from '../../events/errors.ts';
import type { DevelopmentInput } from '../../events/index.ts';
import { openTestServer, type TestServer } from './support/server.ts';
import { STORY, TALKS } from './support/talks.ts';

const run = promisify(execFile);
const require = createRequire(import.meta.url);

let server: TestServer;
let folder: string;
let description: Record<string, unknown>;
beforeAll(async () => {
  server = await openTestServer({ records: STORY });
  description = (await server.get('/api/openapi.json')).json();
  folder = await mkdtemp(join(tmpdir(), 'demarche-'));
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(description));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await server[Symbol.asyncDispose]();
});

describe('the OpenAPI description', () => {
  test('is of version 3.1, and its linter has nothing to say', async () => {
    expect(description.openapi).toMatch(/^3\.1\./);
    const redocly = join(require.resolve('@redocly/cli/package.json'), '..', 'bin', 'cli.js');
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const args = [redocly, 'lint', join(folder, 'openapi.json'), '--extends=recommended-strict', '--format=json'];
    const { stdout } = await run(process.execPath, args, { env }).catch((failed) => failed as { stdout: string });
    const { totals, problems } = JSON.parse(stdout);
    expect(problems).toEqual([]);
    expect(totals).toMatchObject({ errors: 0, warnings: 0 });
  });

  test('names every code an error can have', () => {
    const { components } = description as {
      components: { schemas: Record<string, { properties: Record<string, { enum: string[] }> }> };
    };
    expect(components.schemas.Problem?.properties.code?.enum).toEqual(Object.keys(ERRORS));
  });

  test('tells of whatever a route may answer: every refusal, and that an ETag still holds', async () => {
    const { paths } = description as { paths: Record<string, Record<string, { responses: Record<string, unknown> }>> };
    const answers = (path: string, method = 'get') => Object.keys(paths[path]?.[method]?.responses ?? {});
    for (const [path, operations] of Object.entries(paths))
      for (const method of Object.keys(operations))
        expect(answers(path, method), `${method} ${path}`).toEqual(expect.arrayContaining(['421', '500']));
    // Whoever looks after the server may ask as often as they like.
    const unlimited = Object.keys(paths).filter(
      (path) => !answers(path, Object.keys(paths[path] ?? {})[0]).includes('429'),
    );
    expect(unlimited.toSorted()).toEqual(['/health/live', '/health/ready', '/metrics']);
    expect(answers('/api/negotiations/{negotiation}/developments', 'post')).toContain('507');
    for (const [path, operations] of Object.entries(paths)) {
      if (!('get' in operations) || path.includes('webhooks')) continue;
      const asked = path.replace('{negotiation}', TALKS).replace('{party}', 'north').replace('{issue}', 'tolls');
      const query = path.endsWith('/diff') ? '?from=2026-02-01&to=2026-02-20' : '';
      if (/stream|replay|timelines|export/.test(path)) continue;
      const { headers } = await server.get(`${asked}${query}`);
      expect(answers(path).includes('304'), path).toBe(headers.etag !== undefined);
    }
  });

  test('brings along what is said of a field where it is made, and describes numbers and switches of a query as such', () => {
    const { paths, components } = description as {
      paths: Record<string, Record<string, { parameters: { name: string; description?: string; schema: object }[] }>>;
      components: { schemas: Record<string, { properties: Record<string, { description?: string }> }> };
    };
    const parameter = (path: string, name: string) =>
      paths[`/api/negotiations/{negotiation}/${path}`]?.get?.parameters.find((one) => one.name === name);
    expect(parameter('state', 'knownOn')?.description).toContain('What the public could know by then');
    expect(components.schemas.Problem?.properties.type?.description).toBe('A URN that stands for the code');
    expect(parameter('state', 'then')?.schema).toEqual({ type: 'boolean' });
    expect(parameter('changes', 'limit')?.schema).toEqual({ type: 'integer', minimum: 1, maximum: 1000 });
    expect(parameter('replay', 'pace')?.schema).toEqual({ type: 'number', minimum: 0.1, maximum: 100 });
  });

  test('promises of a web address what is checked, and no more: it may hold letters of any script', async () => {
    const url = 'https://ja.wikipedia.org/wiki/日本';
    const input = { ...STORY.at(-1), id: 'far', source: { publisher: 'Gazette', url } };
    await using other = await openTestServer({ records: [...STORY, input as DevelopmentInput] });
    const answered = (await other.get(`/api/negotiations/${TALKS}/developments`)).json();
    expect(answered.find(({ id }: { id: string }) => id === 'far').source.url).toBe(url);
    expect(JSON.stringify(description)).toContain('"url":{"type":"string","maxLength":2000,"description"');
    expect(JSON.stringify(description)).not.toContain('"format":"uri"');
  });

  test('does not ask for the negotiation in a body, since the address says it', () => {
    const { components } = description as {
      components: { schemas: Record<string, { oneOf: { required: string[] }[] }> };
    };
    const required = components.schemas.Development?.oneOf.map((one) => one.required) ?? [];
    expect(required.length).toBeGreaterThan(30);
    for (const fields of required) {
      expect(fields).toContain('type');
      expect(fields).not.toContain('negotiation');
    }
  });

  test('makes a typed client that records, reads, and is told what is wrong', async () => {
    await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    const types = await openapiTS(JSON.stringify(description), { defaultNonNullable: false });
    await writeFile(join(folder, 'api.ts'), astToString(types));
    await writeFile(join(folder, 'client.ts'), CLIENT);
    expect(typeErrors(join(folder, 'client.ts'))).toEqual([]);
    const wrong = CLIENT.replace("party: 'north'", 'party: 5').replace('data.position', 'data.place');
    await writeFile(join(folder, 'wrong.ts'), wrong);
    expect(typeErrors(join(folder, 'wrong.ts'))).toHaveLength(2);

    const { stdout } = await run(process.execPath, [join(folder, 'client.ts'), await server.listen()]);
    expect(JSON.parse(stdout)).toEqual({
      recorded: 201,
      stance: 'Typed words',
      refused: { status: 400, code: 'GATE_INVALID', field: 'asOf' },
    });
    expect((await server.tracker.developments(TALKS)).at(-1)).toMatchObject({ party: 'north', stance: 'Typed words' });
  });
});

const CLIENT = `
import createClient from 'openapi-fetch';
import type { paths } from './api.ts';

const client = createClient<paths>({ baseUrl: process.argv[2] ?? '' });
const path = { negotiation: '${TALKS}' };

const { data, response, error } = await client.POST('/api/negotiations/{negotiation}/developments', {
  params: { path },
  body: {
    type: 'DemandStated',
    occurred: '2026-02-20',
    party: 'north',
    issue: 'tolls',
    stance: 'Typed words',
    source: { publisher: 'Gazette' },
  },
});
if (error) throw new Error(error.faults[0]?.message);
const minPosition = 'position' in data ? data.position : '0';
const { data: state } = await client.GET('/api/negotiations/{negotiation}/state', {
  params: { path, query: { party: 'north', issue: 'tolls', standard: 'stated', then: true, minPosition } },
});
const refused = await client.GET('/api/negotiations/{negotiation}/state', {
  params: { path, query: { asOf: 'never' } },
});
const answer = {
  recorded: response.status,
  stance: state?.positions[0]?.stance,
  refused: { status: refused.response.status, code: refused.error?.code, field: refused.error?.faults[0]?.field },
};
console.log(JSON.stringify(answer));
`;

/** What the compiler says of a program that stands beside its types. */
function typeErrors(file: string): readonly string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    allowImportingTsExtensions: true,
    types: ['node'],
    typeRoots: [join(folder, 'node_modules', '@types')],
  };
  const program = ts.createProgram([file], options);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
