/** The questions on a real terminal: a pseudo terminal made by `script` of util-linux, keys typed into it. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Development } from '../../src/tracker/index.ts';
import { MAIN, runJson, tempFolder } from './run.ts';

const HAS_SCRIPT = spawnSync('script', ['--version']).stdout?.toString().includes('util-linux') ?? false;
const ENTER = '\r';
const CTRL_C = '\x03';

/** Types each key once what it waits for is on the screen. Answers what was on the screen, and the exit code. */
async function onTerminal(args: readonly string[], keys: readonly (readonly [string, string])[]) {
  const command = [process.execPath, MAIN, ...args].map((part) => `'${part}'`).join(' ');
  const child: ChildProcessWithoutNullStreams = spawn(
    'script',
    ['-qec', `stty cols 80 rows 40; ${command}`, '/dev/null'],
    {
      env: { ...process.env, TERM: 'xterm', NO_COLOR: '1' },
    },
  );
  const left = [...keys];
  let raw = '';
  let seen = 0;
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    raw += piece;
    const [next] = left;
    const at = next ? raw.indexOf(next[0], seen) : -1;
    if (!next || at < 0) return;
    left.shift();
    seen = at + next[0].length;
    // One key after the other, as fingers do it: a prompt redraws between them.
    for (const [index, key] of [...next[1]].entries()) setTimeout(() => child.stdin.write(key), 60 * (index + 1));
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, raw, screen: stripVTControlCharacters(raw), unanswered: left.map(([waited]) => waited) };
}

describe.skipIf(!HAS_SCRIPT)('record on a terminal', () => {
  it('asks, completes, and records', async () => {
    const file = join(await tempFolder(), 'log.db');
    const { code, screen, unanswered } = await onTerminal(
      ['record', '--store', `sqlite:${file}`],
      [
        ['Which negotiation?', `Herring${ENTER}`],
        ['A short name for it?', ENTER],
        ['Its time zone?', ENTER],
        ['What happened?', `demand st${ENTER}`],
        // Today is offered; what is typed stands instead of it.
        ['When?', `2026-03-05${ENTER}`],
        ['Reported by?', `Fish Daily${ENTER}`],
        ['Its title?', ENTER],
        ['Its address?', ENTER],
        ['Published?', ENTER],
        ['Which party?', `Norway${ENTER}`],
        ['A short name for Norway?', ENTER],
        ['takes part as?', ENTER],
        ['Which issue?', `Nets${ENTER}`],
        ['A short name for Nets?', ENTER],
        ['Stance?', `One size${ENTER}`],
        ['How is it known?', ENTER],
        ['Anything more', ENTER],
        ['Record this?', ENTER],
      ],
    );
    expect({ code, unanswered }, screen).toEqual({ code: 0, unanswered: [] });
    const developments = await runJson<Development[]>(['log', 'herring'], { store: `sqlite:${file}` });
    expect(developments).toMatchObject([
      { type: 'NegotiationOpened', title: 'Herring' },
      { party: 'norway', role: 'principal' },
      { issue: 'nets' },
      {
        type: 'DemandStated',
        occurred: '2026-03-05',
        party: 'norway',
        issue: 'nets',
        stance: 'One size',
        source: { publisher: 'Fish Daily', published: '2026-03-05' },
      },
    ]);
  });

  it('asks for one of the choices where there are no others', async () => {
    const file = join(await tempFolder(), 'log.db');
    const { unanswered, screen } = await onTerminal(
      ['record', '--store', `sqlite:${file}`],
      [
        ['Which negotiation?', `Herring${ENTER}`],
        ['A short name for it?', ENTER],
        ['Its time zone?', ENTER],
        ['What happened?', `no such thing${ENTER}`],
        ['Clear what was typed, and choose one', CTRL_C],
      ],
    );
    expect({ unanswered }, screen).toEqual({ unanswered: [] });
  });

  it('leaves nothing behind at Ctrl-C', async () => {
    const file = join(await tempFolder(), 'log.db');
    const { code, screen } = await onTerminal(
      ['record', '--store', `sqlite:${file}`],
      [
        ['Which negotiation?', `Herring${ENTER}`],
        ['A short name for it?', CTRL_C],
      ],
    );
    expect({ code, made: existsSync(file) }, screen).toEqual({ code: 130, made: false });
    expect(screen).toContain('stopped; nothing was recorded');
  });
});

describe.skipIf(!HAS_SCRIPT)('import on a terminal', () => {
  it('draws its progress, stops at Ctrl-C, gives the cursor back, and leaves nothing behind', async () => {
    const folder = await tempFolder();
    const [sheet, log] = [join(folder, 'long.csv'), join(folder, 'log.db')];
    // Long enough that nobody reads it to its end before a key is pressed.
    const rows = Array.from({ length: 250_000 }, (_, row) => `n,DemandStated,a,x,Words ${row},2024-03-05,p`);
    await writeFile(sheet, ['negotiation,type,party,issue,stance,occurred,source.publisher', ...rows].join('\n'));
    const { code, raw, screen, unanswered } = await onTerminal(
      ['import', sheet, '--declare', '--store', `sqlite:${log}`],
      [['reading ━', CTRL_C]],
    );
    expect({ code, unanswered, made: existsSync(log) }, screen).toEqual({ code: 130, unanswered: [], made: false });
    expect(raw.lastIndexOf('\x1b[?25h')).toBeGreaterThan(raw.lastIndexOf('\x1b[?25l'));
  });
});
