/** The launcher: starts the pinned Node from any, and passes arguments, streams, exit codes and signals on. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import NODE_FLAGS from '../../src/cli/node-flags.json' with { type: 'json' };
import { run, tempFolder, tempStore } from './run.ts';

const LAUNCHER = fileURLToPath(new URL('../../src/cli/demarche.js', import.meta.url));

describe('the launcher', () => {
  it('gives what is young as little room as every other way to start does', async () => {
    const NODE_OPTIONS = '--import=data:text/javascript,console.error(process.execArgv.join())';
    const { stderr } = await run(['--version'], { program: LAUNCHER, env: { NODE_OPTIONS } });
    // The launcher itself says that it has no flags.
    expect(stderr.trim()).toBe(NODE_FLAGS.join());
    const [script, image] = await Promise.all(['package.json', 'Dockerfile'].map((name) => readFile(name, 'utf8')));
    expect(script).toContain(`"demarche": "node ${NODE_FLAGS.join(' ')} src/cli/main.js"`);
    expect(image).toContain(`ENTRYPOINT ["node", ${NODE_FLAGS.map((flag) => `"${flag}"`).join(', ')}, "/app/src`);
  });

  it('starts from what was compiled the last time', async () => {
    await run(['--version']);
    const { stderr } = await run(['--version'], { env: { NODE_DEBUG_NATIVE: 'COMPILE_CACHE' } });
    expect(stderr).toMatch(
      /reading cache from .*\.cache\/demarche.* for StrippedTypeScript .*src\/cli\/program\.ts.*success/,
    );
  });

  it('passes arguments, answers and exit codes on, from any folder', async () => {
    const cwd = await tempFolder();
    const version = await run(['--version'], { program: LAUNCHER, cwd });
    expect(version).toMatchObject({ code: 0, stderr: '' });
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(await run(['stat'], { program: LAUNCHER, cwd })).toMatchObject({ code: 2, stdout: '' });
    expect(await run(['negotiations'], { program: LAUNCHER, cwd })).toMatchObject({ code: 1 });
  });

  it('passes standard input on', async () => {
    const store = await tempStore();
    const stdin = '{"type":"NegotiationOpened","title":"Herring"}';
    expect(await run(['record', 'herring', '--json', '-'], { program: LAUNCHER, store, stdin })).toMatchObject({
      code: 0,
    });
  });

  it('ends what it started when it is told to end', async () => {
    const args = [LAUNCHER, 'serve', '--port', '0', '--json', '--log-level', 'silent', '--store', await tempStore()];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [started] = (await once(child.stdout, 'data')) as [Buffer];
    const { url } = JSON.parse(started.toString()) as { readonly url: string };
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    child.kill('SIGTERM');
    // Closed: nobody holds the other end of the pipe any more, the server neither.
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).toBe(0);
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  });
});
