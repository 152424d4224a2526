/** The README to the letter: each command works as it stands there, and prints what stands below it. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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

/** The arguments of a line as a shell would give them; undefined where it is no command of ours. */
function argumentsOf(line: string): readonly string[] | undefined {
  const [, rest] = /^(?:\$ )?npm run -s demarche -- ([^#]*)/.exec(line) ?? [];
  return rest?.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', ''));
}

const inFolder = (folder: string, args: readonly string[]): Promise<Ran> =>
  runHere(
    args.map((word) =>
      word.replace('events/records/', RECORDS).replace('positions.csv', join(folder, 'positions.csv')),
    ),
    { store: `sqlite:${join(folder, 'demarche.db')}` },
  );

/** What was printed, held to what stands there: "…" stands for anything. */
const pattern = (lines: readonly string[]): RegExp =>
  new RegExp(
    `^${lines
      .map((line) => RegExp.escape(line))
      .join('\n')
      .replaceAll('…', '[^]*?')}\n?$`,
  );

describe('the README', () => {
  it('shows what its commands print', async () => {
    const folder = await tempFolder();
    const [shown = []] = await blocks('text');
    const starts = shown.flatMap((line, index) => (line.startsWith('$ ') ? [index] : []));
    expect(starts.length).toBeGreaterThanOrEqual(3);
    for (const [place, start] of starts.entries()) {
      const args = argumentsOf(shown[start] ?? '') ?? [];
      const expected = shown
        .slice(start + 1, starts[place + 1])
        .join('\n')
        .trimEnd();
      expect((await inFolder(folder, args)).stdout).toMatch(pattern(expected.split('\n')));
    }
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
