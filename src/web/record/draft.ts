/** What is typed into the form, and the development it makes. */
import { FIELDS, type FieldName, formFields, type RecordedType } from './fields.ts';

export interface Draft {
  readonly type: RecordedType;
  readonly texts: Readonly<Partial<Record<FieldName, string>>>;
  readonly lists: Readonly<Partial<Record<FieldName, readonly string[]>>>;
  /** for `counts`: party to number; for `changes`: field to value */
  readonly pairs: Readonly<Partial<Record<FieldName, Readonly<Record<string, string>>>>>;
}

export const emptyDraft = (type: RecordedType): Draft => ({
  type,
  texts: { attribution: 'narrative' },
  lists: {},
  pairs: {},
});

/** What the form keeps for the next development out of the same report. */
export function nextFromSameReport(draft: Draft): Draft {
  const kept = Object.entries(draft.texts).filter(([name]) => name.startsWith('source.') || name === 'occurred');
  return { ...emptyDraft('PositionStated'), texts: { attribution: 'narrative', ...Object.fromEntries(kept) } };
}

/** The required fields that are still empty. */
export function missing(draft: Draft): readonly FieldName[] {
  return [...formFields(draft.type, draft.texts.attribution).required].filter(
    (name) => valueIn(draft, name) === undefined,
  );
}

/** The development that the draft says; empty fields are left out, and whether the rest is right is the server's to say. */
export function developmentOf(draft: Draft): Readonly<Record<string, unknown>> {
  const { source, own, said, more } = formFields(draft.type, draft.texts.attribution);
  const development: Record<string, unknown> = { type: draft.type };
  for (const name of new Set([...own, ...said, ...more, ...source])) {
    const value = valueIn(draft, name);
    if (value !== undefined) put(development, pathOf(name, value), value);
  }
  return development;
}

/** Where a field of the form goes in a development. */
export function pathOf(name: FieldName, value?: unknown): string {
  switch (name) {
    case 'newParty':
      return 'party';
    case 'newIssue':
      return 'issue';
    case 'whose':
      return Array.isArray(value) ? 'parties' : 'party';
    default:
      return name;
  }
}

function valueIn(draft: Draft, name: FieldName): unknown {
  const text = draft.texts[name]?.trim() ?? '';
  const { form } = FIELDS[name];
  switch (form.kind) {
    case 'parties':
    case 'issues':
      return notEmpty(draft.lists[name] ?? []);
    case 'whose': {
      const [first, ...others] = draft.lists[name] ?? [];
      return others.length > 0 ? draft.lists[name] : first;
    }
    case 'lines':
      return notEmpty(linesOf(text));
    case 'points':
      return notEmpty(linesOf(text).map(pointOf));
    case 'counts':
    case 'changes': {
      const pairs = Object.entries(draft.pairs[name] ?? {}).filter(([, value]) => value.trim() !== '');
      const value = form.kind === 'counts' ? countOf : (written: string) => written.trim();
      return pairs.length === 0 ? undefined : merged(pairs.map(([key, written]) => [key, value(written)]));
    }
    default:
      if (text === '') return undefined;
      return name === 'source.credibility' ? Number(text) : text;
  }
}

const notEmpty = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function pointOf(line: string): { readonly id: string; readonly text: string } {
  const [, id = '', text = line] = /^([A-Za-z0-9._-]+)\s*[:.)]\s*(.+)$/.exec(line) ?? [];
  return { id, text };
}

const countOf = (written: string): number | string => (/^\d+$/.test(written.trim()) ? Number(written) : written.trim());

function merged(pairs: readonly (readonly [string, unknown])[]): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = {};
  for (const [path, value] of pairs) put(result, path, value);
  return result;
}

/** Sets a value at a dotted path of at most two names. */
function put(target: Record<string, unknown>, path: string, value: unknown): void {
  const [outer = path, inner] = path.split('.');
  if (inner === undefined) target[outer] = value;
  else target[outer] = { ...(target[outer] as object | undefined), [inner]: value };
}
