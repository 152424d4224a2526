import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ERRORS } from '../../events/errors.ts';
import { COMMAND_ERRORS } from '../../src/cli/errors.ts';
import { readme } from './error-table.ts';

describe('the README', () => {
  test('lists every error of the registry, as it stands (npm run readme writes it)', () => {
    const { written, due } = readme();
    expect(written).toBe(due);
    for (const code of Object.keys({ ...ERRORS, ...COMMAND_ERRORS })) expect(written).toContain(`| \`${code}\` |`);
  });

  test('lists every environment variable that the code looks at', async () => {
    const { written } = readme();
    for (const name of await environmentOf('src')) expect(written).toContain(`| \`${name}\``);
  });
});

/** npm says by this one how it was called: it is nobody's to set. */
const NOT_SET_BY_PEOPLE = 'npm_lifecycle_event';

async function environmentOf(folder: string): Promise<ReadonlySet<string>> {
  const root = fileURLToPath(new URL(`../../${folder}`, import.meta.url));
  const files = (await readdir(root, { recursive: true })).filter((name) => /\.[jt]sx?$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(join(root, name), 'utf8')));
  const named = texts.flatMap((text) => [...text.matchAll(/\benv(?:\.(\w+)|\('(\w+)'\)|\['(\w+)'\])/g)]);
  const names = new Set(named.map(([, member, called, indexed]) => member ?? called ?? indexed ?? ''));
  expect(names).toContain('DEMARCHE_STORE');
  names.delete(NOT_SET_BY_PEOPLE);
  return names;
}
