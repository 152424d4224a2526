/** The demo, as a newcomer sees it: everything in it, narrow enough, and its commands work as they are printed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ran, removeFolder, run } from './run.ts';

const DEMO = fileURLToPath(new URL('../../src/cli/demo.ts', import.meta.url));

let demo: Ran;
let store: string;
beforeAll(async () => {
  demo = await run([], { program: DEMO });
  store = /DEMARCHE_STORE=(sqlite:.*)$/m.exec(demo.stdout)?.[1] ?? '';
});
afterAll(() => removeFolder(dirname(store.replace(/^sqlite:/, ''))));

describe('the demo', () => {
  it('shows all its parts and nothing on standard error', () => {
    expect(demo).toMatchObject({ code: 0, stderr: '' });
    const parts = demo.stdout.split('\n').filter((line) => /^\d\. /.test(line));
    expect(parts.map((line) => line.slice(0, 1))).toEqual(['1', '2', '3', '4', '5']);
    expect(demo.stdout.match(/^as of .* end of day/gm)).toHaveLength(5);
    expect(demo.stdout).toContain('no stated position on record');
  });

  it('shows the correction from before and after', () => {
    const [, correction = ''] = demo.stdout.split('4. A correction');
    expect(correction).toContain('as then known');
    expect(correction).toContain('in hindsight');
    expect(correction).toContain('first recorded: ');
    expect(correction).toContain('corrected by ');
  });

  it('is read in a minute: 80 columns but for what is to be copied, and few enough lines', () => {
    const lines = demo.stdout.split('\n');
    expect(lines.length).toBeLessThanOrEqual(170);
    for (const line of lines)
      if (!/^ {2}(npm run|export|set) /.test(line)) expect([...line].length, line).toBeLessThanOrEqual(80);
  });

  it('serves the record on a page, where it is asked to', async () => {
    const serving = spawn(process.execPath, [DEMO, '--serve', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const address = await new Promise<string>((resolve, reject) => {
        let text = '';
        serving.once('exit', (code) => reject(new Error(`it ended with ${code}: ${text}`)));
        serving.stdout.on('data', (chunk) => {
          text += chunk;
          const [found] = /http:\/\/\S+/.exec(text) ?? [];
          if (found) resolve(found);
        });
      });
      const negotiations = (await (await fetch(`${address}/api/negotiations`)).json()) as readonly object[];
      expect(negotiations).toHaveLength(1);
      expect((await fetch(address)).headers.get('content-type')).toMatch(/^text\/html/);
    } finally {
      serving.kill();
      await once(serving, 'exit');
    }
  });

  it.each([
    ['--help', 0],
    ['--serv', 2],
  ])('says how it is used, and shows nothing, for %s', async (asked, code) => {
    const said = await run([asked], { program: DEMO });
    expect({ code: said.code, lines: `${said.stdout}${said.stderr}`.trimEnd().split('\n').length }).toEqual({
      code,
      lines: 3,
    });
    expect(code === 0 ? said.stdout : said.stderr).toMatch(/^Usage: npm run demo /);
  });

  it('prints commands that work', async () => {
    const commands = [...demo.stdout.matchAll(/^ {2}npm run -s demarche -- (.*)$/gm)].map(([, rest = '']) =>
      rest.split(' '),
    );
    expect(commands.length).toBeGreaterThanOrEqual(5);
    for (const args of commands.filter(([name]) => name !== 'record' && name !== 'serve')) {
      const { code, stdout, stderr } = await run(args, { store });
      expect({ code, stderr }, args.join(' ')).toEqual({ code: 0, stderr: '' });
      expect(stdout.length).toBeGreaterThan(100);
    }
  });
});
