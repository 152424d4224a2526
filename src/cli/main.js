/**
 * The command line. Plain JavaScript, and nothing of ours is imported above the line that matters: reading and compiling some hundred files
 * is most of what a short command takes, and what came of it is kept, where it can be. It is kept beside the libraries, not in a folder for
 * all, where somebody else could put something in its place.
 */
import { enableCompileCache } from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/demarche', import.meta.url)));
const { keepTicksFast } = await import('./ticks.ts');
keepTicksFast();
const { run } = await import('./program.ts');
const { endQuietlyWithTheReader } = await import('./terminal.ts');

endQuietlyWithTheReader(process);
process.exitCode = await run(process.argv.slice(2), process);
