/** `demarche serve` as anybody would start it, but for its limits. */
import { fileURLToPath } from 'node:url';
import { PROCESSOR, type Program, start } from './program.ts';

const MAIN = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));

export interface Served {
  readonly program: Program;
  /** without a slash at its end */
  readonly url: string;
}

/** Serves the log in a file on a free port of this machine, with requests not limited; resolves once it listens. */
export async function serve(file: string, options: readonly string[] = []): Promise<Served> {
  const parameters = ['serve', '--port', '0', '--json', '--rate', '0', '--log-level', 'error', ...options];
  const program = start(MAIN, [...parameters, '--store', `sqlite:${file}`], PROCESSOR.server);
  for (;;) {
    // It tells its address in JSON, over several lines.
    const [, url] = /"url":\s*"([^"]+?)\/?"/.exec(await program.line()) ?? [];
    if (url !== undefined) return { program, url };
  }
}
