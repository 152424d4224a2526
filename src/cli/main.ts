/** The command line. */
import process from 'node:process';
import { run } from './program.ts';
import { endQuietlyWithTheReader } from './terminal.ts';
import { keepTicksFast } from './ticks.ts';

keepTicksFast();
endQuietlyWithTheReader(process);
process.exitCode = await run(process.argv.slice(2), process);
