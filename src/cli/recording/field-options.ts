/** Every field of the catalogue as an option of `record`, and a development made from those that were given. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { GROUPS } from '../../../events/index.ts';
import { catalogueFields, type Field } from './fields.ts';

/** What a development is as long as nobody has checked it. */
export type Draft = Readonly<Record<string, unknown>>;

/** Fields of an object inside a development whose own name would mislead. */
const NAMED_APART: Readonly<Record<string, string>> = { 'source.title': 'source-title', 'speaker.name': 'speaker' };

/** `source.archiveUrl`: "archive-url". */
export const optionName = (path: string): string =>
  NAMED_APART[path] ?? (path.split('.').at(-1) ?? path).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const attributeName = (path: string): string =>
  optionName(path).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

export function addFieldOptions(command: Command): Command {
  for (const field of catalogueFields())
    command.addOption(
      new Option(`--${optionName(field.path)} ${placeholder(field)}`, usedBy(field))
        .argParser((text: string, before: unknown) => readValue(field, text, before))
        .helpGroup(groupOf(field)),
    );
  return command;
}

/** The fields given as options, in the shape of a development. */
export function draftOf(options: Readonly<Record<string, unknown>>): Draft {
  const draft: Record<string, unknown> = {};
  for (const { path } of catalogueFields()) {
    const value = options[attributeName(path)];
    if (value !== undefined) setAt(draft, path, value);
  }
  return draft;
}

/** Puts a value in its place, in an object inside where the path has two parts. */
export function setAt(draft: Record<string, unknown>, path: string, value: unknown): void {
  const [name = '', inner] = path.split('.');
  draft[name] = inner === undefined ? value : { ...(draft[name] as object | undefined), [inner]: value };
}

/** What stands at a path of a draft. */
export function valueAt(draft: Draft, path: string): unknown {
  const [name = '', inner] = path.split('.');
  const value = draft[name];
  return inner === undefined ? value : (value as Draft | undefined)?.[inner];
}

/**
 * Reads one value as it is typed on a line.
 * @param before what the same option gave when it was given before
 * @throws InvalidArgumentError saying what would be right
 */
export function readValue({ form }: Pick<Field, 'form'>, text: string, before?: unknown): unknown {
  switch (form.kind) {
    case 'text':
    // Whether it is one of the choices, and why not, the catalogue says.
    case 'choice':
      return text;
    case 'number':
      if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Write a whole number.');
      return Number(text);
    case 'list':
      return [...((before as readonly string[] | undefined) ?? []), ...(form.of === 'names' ? parted(text) : [text])];
    case 'names': {
      const names = parted(text);
      return names.length === 1 ? names[0] : names;
    }
    case 'counts':
      return { ...(before as object | undefined), ...Object.fromEntries(parted(text).map(countOf)) };
    case 'json':
      return parseJson(text);
  }
}

/** Ids, which hold neither sign; the semicolon is that of a cell in CSV. */
const parted = (text: string): readonly string[] =>
  text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

function countOf(text: string): readonly [string, number | string] {
  const [, party, count] = /^([^=]+)=(\d+\+?)$/.exec(text) ?? [];
  if (party === undefined || count === undefined)
    throw new InvalidArgumentError('Write party=number, such as norway=157 or norway=300+ for at least 300.');
  return [party.trim(), count.endsWith('+') ? count : Number(count)];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidArgumentError(`Write JSON, such as '{"occurred":"2026-02-05"}'.`);
  }
}

function placeholder({ form, path }: Field): string {
  switch (form.kind) {
    case 'text':
      return path === 'occurred' || path === 'scheduledFor' || path === 'source.published' ? '<date>' : '<text>';
    case 'choice':
      return '<choice>';
    case 'number':
      return '<n>';
    case 'list':
      return form.of === 'names' ? '<a,b>' : '<text>';
    case 'names':
      return '<a,b>';
    case 'counts':
      return '<a=n,b=n>';
    case 'json':
      return '<json>';
  }
}

/** What it takes, and which developments have it. */
function usedBy({ form, types, path }: Field): string {
  const choices = form.kind === 'choice' ? form.choices.join(', ') : '';
  const again = form.kind === 'list' && form.of === 'words' ? 'may be given several times' : '';
  const few = types.length <= 2 ? `of ${types.join(' and ')}` : '';
  return [NOTES[path] ?? '', choices, again, few].filter((part) => part !== '').join('; ');
}

const NOTES: Readonly<Record<string, string>> = {
  id: 'by default derived from the content',
  occurred: 'when it happened, as far as the report tells: 2026-02-26, 2026-02, ../2026-02-13, 2025-11-21/2025-11-23',
  party: 'who says it',
  parties: 'several, together',
  issue: 'on what',
  stance: 'what was said, in your words',
  attribution: 'how it is known (default: narrative)',
  'speaker.name': 'who said it',
  statedBy: 'the party that says so of another',
  'source.publisher': 'who reported it',
  'source.title': 'the title of the report',
  'source.published': 'when it was reported',
  'source.credibility': '1 to 6 (Admiralty grades, as reliability)',
  point: 'which component of the position (default: the headline)',
  from: 'the version it came from',
  code: 'in a list of codes of your own',
};

/** The heading of the help under which a field stands. */
function groupOf({ path, types }: Field): string {
  if (path.startsWith('source.')) return 'The report:';
  const group = Object.entries(GROUPS).find(([, members]) =>
    types.every((type) => members.some((one) => one === type)),
  );
  return group ? `Of ${group[0]}:` : 'Of every development, or many:';
}
