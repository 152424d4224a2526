/** The README to the letter: each command works as it stands there, and prints what stands below it. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { argumentsOf, shownIn } from '../docs/shown.ts';
import { type Ran, RECORDS, runHere, tempFolder } from './run.ts';

const README = new URL('../../README.md', import.meta.url);

/** The code blocks in a language, as lines, those that go on with "\" joined. */
async function blocks(language: string): Promise<readonly (readonly string[])[]> {
  const text = await readFile(README, 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) =>
    block
      .replace(/\\\n\s*/g, '')
      .trimEnd()
      .split('\n'),
  );
}

const inFolder = (folder: string, args: readonly string[]): Promise<Ran> =>
  runHere(
    args.map((word) =>
      word.replace('events/records/', RECORDS).replace('positions.csv', join(folder, 'positions.csv')),
    ),
    { store: `sqlite:${join(folder, 'demarche.db')}` },
  );

describe('the README', () => {
  it('shows what its commands print', async () => {
    const folder = await tempFolder();
    const [shown = []] = await blocks('text');
    const commands = shownIn(shown.join('\n'));
    expect(commands.length).toBeGreaterThanOrEqual(3);
    for (const { args, printed } of commands) expect((await inFolder(folder, args)).stdout).toMatch(printed);
  });

  it('has commands for one’s own negotiation that work as they stand', async () => {
    const folder = await tempFolder();
    const sheet = 'actor,issue_id,position,decision_date\nNorway,Size of nets,Nets of one size,2026-03-01\n';
    await writeFile(join(folder, 'positions.csv'), sheet);
    const commands = (await blocks('sh')).flat().flatMap((line) => {
      const args = argumentsOf(line);
      // It asks, and here is nobody to answer.
      return args === undefined || args.length < 2 ? [] : [args];
    });
    expect(commands.map(([name]) => name)).toEqual(['record', 'state', 'import']);
    for (const args of commands) expect(await inFolder(folder, args)).toMatchObject({ code: 0 });
  });
});
