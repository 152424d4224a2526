/** Options that several commands share, with the words of the library. */
import { type Command, Option } from 'commander';
import { STANDARDS, type Standard } from '../../projections/index.ts';
import type { View } from '../tracker/index.ts';
import { type CommonOptions, DEFAULT_STORE } from './cli.ts';

export interface JsonOption {
  readonly json?: boolean;
}

export interface GateOptions extends JsonOption, CommonOptions {
  readonly asOf?: string;
  readonly knownOn?: string;
  readonly then?: boolean;
  readonly recordedBy?: string;
  readonly standard?: Standard;
}

export const storeOption = (): Option =>
  new Option('--store <address>', 'where the log is kept: sqlite:<path>, esdb://…')
    .env('DEMARCHE_STORE')
    .default(DEFAULT_STORE);

export const snapshotsOption = (): Option =>
  new Option(
    '--no-snapshots',
    'keep no index beside the log (in <path>-snapshots, made anew whenever it does not fit), and read all of it at each start',
  );

export const jsonOption = (): Option => new Option('--json', 'answer in JSON');

export const standardOption = (): Option =>
  new Option(
    '--standard <standard>',
    'what may set a position: strict (on record), stated (on record and as reported; the default), all',
  ).choices(STANDARDS);

const RECORDED_BY = ['--recorded-by <date>', 'count only what was recorded here by then'] as const;

/** The gates of a state. */
export const withGates = (command: Command): Command =>
  command
    .option('--as-of <date>', 'count what had certainly happened by then (default: now)')
    .addOption(
      new Option('--known-on <date>', 'count only what the public could know by then (default: hindsight)').conflicts(
        'then',
      ),
    )
    .option('--then', 'as then known: short for --known-on with the date of --as-of')
    .option(...RECORDED_BY)
    .addOption(standardOption());

/** The gates of a comparison. */
export const withSpan = (command: Command): Command =>
  command
    .requiredOption('--from <date>', 'the earlier moment')
    .requiredOption('--to <date>', 'the later moment')
    .option('--then', 'each side as it was known at its own date')
    .option(...RECORDED_BY)
    .addOption(standardOption());

/** What the options say of a moment, for the library. */
export const viewOf = ({ asOf, knownOn, then, recordedBy, standard }: GateOptions): View => ({
  asOf,
  knownOn,
  recordedBy,
  standard,
  then,
});

/** Examples under the help of a command; a line that begins with a space continues the one before. */
export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => (line.startsWith(' ') ? `    ${line}` : `  $ ${line}`)).join('\n')}`;

export const DATES_HELP = `
A date is 2026-02-26 (the end of that day in the negotiation's time zone),
2026-02 (the end of the month), or a moment such as 2026-02-26T14:05:00Z.`;
