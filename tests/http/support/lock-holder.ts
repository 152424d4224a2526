/** Other processes of this machine: one that runs some lines, and one that has a lock until it is killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const LOCK = fileURLToPath(new URL('../../../src/http/files/lock.ts', import.meta.url));

export function run(code: string) {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, ended: once(child, 'exit'), said: once(child.stdout, 'data') };
}

/** @param path the file whose lock it has */
export async function lockHolder(path: string) {
  const { child, ended, said } = run(
    `import { tryLock } from ${JSON.stringify(LOCK)};
     await tryLock(${JSON.stringify(path)}, 60_000);
     setInterval(() => {}, 1000);
     console.log('held');`,
  );
  await said;
  const kill = () => {
    child.kill('SIGKILL');
    return ended;
  };
  return { pid: child.pid, kill };
}
