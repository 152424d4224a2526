/** The command line. */
import process from 'node:process';
import { run } from './program.ts';
import { endQuietlyWithTheReader } from './terminal.ts';

endQuietlyWithTheReader(process);
process.exitCode = await run(process.argv.slice(2), process);
