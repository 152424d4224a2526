/** Errors as the command line tells them: what was refused, which field, which value, what would be right; and the exit code. */
import { isAbsolute } from 'node:path';
import process from 'node:process';
import { CommanderError } from 'commander';
import { ERRORS, type Fault, firstFaults, isDemarcheError } from '../../events/errors.ts';
import { BLANK, type Line, paragraph } from './text/lines.ts';
import { visible } from './text/visible.ts';
import { clip } from './text/width.ts';

export const EXIT = { ok: 0, refused: 1, usage: 2, unavailable: 3, fault: 70, interrupted: 130 } as const;

/** What only a command line can meet: codes beside those of the registry. */
export const COMMAND_ERRORS = {
  USAGE: { exit: EXIT.usage, title: 'The command line was not understood' },
  FILE: { exit: EXIT.refused, title: 'A file that was named cannot be read or written' },
  INTERRUPTED: { exit: EXIT.interrupted, title: 'Somebody ended the questions; nothing was recorded' },
  FAULT: { exit: EXIT.fault, title: 'A fault of Demarche itself' },
} as const satisfies Record<string, { readonly exit: number; readonly title: string }>;

export const EXIT_CODES_HELP = `
Exit codes:
  0    done
  1    refused, not found, or (verify) something is wrong with the log
  2    the command line was not understood
  3    the store does not answer; the same command may succeed later
  70   a fault of Demarche itself
  130  interrupted; nothing was left half-written`;

/** The command line was not understood: thrown by commands where commander cannot know. */
export class UsageError extends Error {}

/** A person ended the questions. Nothing was written. */
export class Interrupted extends Error {}

export function exitCodeOf(error: unknown): number {
  if (isDemarcheError(error)) return error.retryable ? EXIT.unavailable : EXIT.refused;
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
  return COMMAND_ERRORS[commandCodeOf(error)].exit;
}

function commandCodeOf(error: unknown): keyof typeof COMMAND_ERRORS {
  if (error instanceof UsageError || error instanceof CommanderError) return 'USAGE';
  if (error instanceof Interrupted) return 'INTERRUPTED';
  return fileErrorWords(error) === undefined ? 'FAULT' : 'FILE';
}

/** How many faults are told one by one: to a person, and to a program. */
const TOLD = 20;
const TOLD_IN_JSON = 100;
/** Columns of a value that is quoted back. */
const QUOTED = 60;

/** @param spell a field as the command line that was typed names it */
export function errorLines(error: unknown, width: number, spell: Spell = asItIs): readonly Line[] {
  const told = (message: string) => paragraph(message, { width, lead: 'demarche: ' });
  if (error instanceof Interrupted) return told('stopped; nothing was recorded');
  if (isDemarcheError(error)) {
    const { code, message } = error;
    const { faults, more } = firstFaults(error, TOLD);
    // One thing that is wrong with the whole command says it all.
    if (faults.length === 0 || (faults.length === 1 && faults[0]?.message === message))
      return told(`${message} (${code})`);
    return [
      ...told(`${ERRORS[code].title} (${code})`),
      ...faults.flatMap((fault) => paragraph(faultWords(fault, spell), { width, indent: 2 })),
      ...(more > 0 ? paragraph(`and ${more} more`, { width, indent: 2 }) : []),
    ];
  }
  if (error instanceof UsageError) return told(error.message);
  const message = fileErrorWords(error);
  if (message !== undefined) return told(message);
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    ...told('this is a fault of Demarche itself:'),
    BLANK,
    ...stack.split('\n').map((text) => ({ text: visible(text) })),
  ];
}

/** The same for programs, one JSON object: `more` says how many faults there are beside those listed. */
export function errorJson(error: unknown): object {
  if (isDemarcheError(error)) {
    const { code, message, retryable } = error;
    return { code, title: ERRORS[code].title, message, retryable, ...firstFaults(error, TOLD_IN_JSON) };
  }
  const code = commandCodeOf(error);
  const { title } = COMMAND_ERRORS[code];
  const message = fileErrorWords(error) ?? (error instanceof Error ? error.message : String(error));
  return { code, title, message, retryable: false, faults: [], more: 0 };
}

type Spell = (field: string) => string;
const asItIs: Spell = (field) => field;

/** Where, what stands there, what would be right. What stands in a file, or in one of several developments, has the catalogue's names. */
export function faultWords({ line, column, index, field, value, message }: Fault, spell: Spell = asItIs): string {
  const typed = line === undefined && index === undefined;
  const place = [
    line === undefined ? '' : `line ${line}`,
    column === undefined ? '' : `column ${column}`,
    line === undefined && index !== undefined ? `[${index}]` : '',
    field === column ? '' : typed ? spell(field) : field,
  ].filter((part) => part !== '');
  // The message may quote the value already.
  const quoted = value === undefined || message.includes(`"${value}"`) ? '' : ` ${clip(visible(quote(value)), QUOTED)}`;
  return `${place.join(', ')}${quoted}: ${message}`.replace(/^: /, '').trimStart();
}

const quote = (value: unknown): string => JSON.stringify(value) ?? String(value);

/** A name, and where it was looked for: `npm run` does so in the folder of the checkout, wherever one is. */
export const placed = (path: string): string => (isAbsolute(path) ? path : `${path} in ${process.cwd()}`);

/** What the file system said about a file that a person named. */
function fileErrorWords(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined;
  switch (error.code) {
    case 'ENOENT':
      return `there is no file ${placed(String(error.path))}`;
    case 'EISDIR':
      return `${error.path} is a folder; name a file`;
    case 'EACCES':
    case 'EPERM':
      return `${error.path} cannot be opened: permission denied`;
    case 'EEXIST':
      return `${error.path} is there already`;
    case 'ENOTDIR':
      return `${error.path} lies in what is a file, not a folder`;
    case 'EROFS':
      return `${error.path} cannot be written: its file system is read-only`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `${error.path} cannot be written: there is no room left`;
    default:
      return undefined;
  }
}
