/** The tables of docs/model.md, made from the catalogue. `npm run readme` writes them anew; a test sees that it did. */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { type DevelopmentType, GROUPS, type Group, SCHEMAS } from '../../events/catalogue.ts';
import { withTable } from './between-marks.ts';
import { FIELDS, type FieldName, GROUP_TITLES, TYPES } from './catalogue-words.ts';

const MODEL = new URL('../../docs/model.md', import.meta.url);

interface Shape {
  readonly properties: Readonly<Record<string, Json>>;
  readonly required: readonly string[];
}

/** As much of JSON Schema as the catalogue uses. */
interface Json {
  readonly title?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Json[];
  readonly items?: Json;
  readonly pattern?: string;
}

const shapeOf = (type: DevelopmentType): Shape =>
  z.toJSONSchema(SCHEMAS.get(type) as z.ZodType, { io: 'input' }) as unknown as Shape;

/** What every development may have; `occurred` and `source` are told of a type that may do without. */
const COMMON = ['id', 'negotiation', 'type', 'occurred', 'source', 'attribution'] as const;
const CLOSING = ['speaker', 'statedBy', 'venue', 'note', 'schemaVersion'] as const;
/** Of every development too, but their own where a development is about one. */
const ELSEWHERE = ['round', 'document'] as const;

/** The fields of a type's own: the schemas write them before those that all have. */
function ownFields(shape: Shape): readonly string[] {
  const names = Object.keys(shape.properties);
  const shared: readonly string[] = COMMON;
  return names.slice(0, names.indexOf('attribution')).filter((name) => !shared.includes(name));
}

function fieldWords(type: DevelopmentType): string {
  const shape = shapeOf(type);
  const own = ownFields(shape);
  const named = (name: string) => `\`${name}${shape.required.includes(name) ? '' : '?'}\``;
  const either = own.includes('party') && own.includes('parties');
  const words = own.flatMap((name) =>
    !either ? [named(name)] : name === 'parties' ? [] : name === 'party' ? ['`party` or `parties`'] : [named(name)],
  );
  const absent = ['occurred', 'source'].filter((name) => !shape.required.includes(name));
  return [...words, ...absent.map(named)].join(', ');
}

function groupTable([group, types]: readonly [Group, readonly DevelopmentType[]]): string {
  const rows = types.map((type) => [`\`${type}\``, TYPES[type].says, fieldWords(type), TYPES[type].does] as const);
  const lines = rows.map(([type, says, fields, does], place) => {
    const before = rows[place - 1];
    return row([type, says, before?.[2] === fields ? 'the same' : fields, before?.[3] === does ? 'the same' : does]);
  });
  return [
    `### ${GROUP_TITLES[group]}`,
    '',
    row(['type', 'it says', 'own fields', 'what it does']),
    row(['---', '---', '---', '---']),
    ...lines,
  ].join('\n');
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const catalogue = (): string =>
  (Object.entries(GROUPS) as readonly (readonly [Group, readonly DevelopmentType[]])[]).map(groupTable).join('\n\n');

/** What kind of thing stands in a field. */
function kindOf({ title, type, const: only, enum: choices, anyOf, items, pattern }: Json): string {
  if (only !== undefined) return `\`${only}\``;
  if (choices) return choices.map((choice) => `\`${choice}\``).join(' ');
  if (anyOf) return [...new Set(anyOf.map(kindOf))].join(' or ');
  if (title === 'EDTF') return 'date';
  if (items) return `list of ${kindOf(items)}s`;
  if (title === 'Slug') return 'slug';
  if (type === 'string') return pattern === undefined ? 'text' : 'id';
  return type === 'integer' ? 'number' : (type ?? 'anything');
}

function fields(): string {
  const kinds = new Map<string, string>();
  for (const type of SCHEMAS.keys())
    for (const [name, schema] of Object.entries(shapeOf(type as DevelopmentType).properties))
      if (!kinds.has(name)) kinds.set(name, name === 'type' ? 'one of those above' : kindOf(schema));
  const common: readonly string[] = [...COMMON, ...CLOSING, ...ELSEWHERE];
  const names = [...common, ...[...kinds.keys()].filter((name) => !common.includes(name))];
  return [
    row(['field', 'is', 'it holds']),
    row(['---', '---', '---']),
    ...names.map((name) => row([`\`${name}\``, kinds.get(name) ?? '', FIELDS[name as FieldName]])),
  ].join('\n');
}

/** The page as it is, and as the catalogue would have it. */
export function model(): { readonly written: string; readonly due: string } {
  const written = readFileSync(MODEL, 'utf8');
  return { written, due: withTable(withTable(written, 'catalogue', catalogue()), 'fields', fields()) };
}

if (import.meta.main) writeFileSync(MODEL, model().due);
