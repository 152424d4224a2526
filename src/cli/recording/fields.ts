/** The fields of a development as options and questions, read off the catalogue's own JSON Schema: a new field is here at once. */
import { DEVELOPMENT_TYPES, type DevelopmentType, developmentJsonSchema } from '../../../events/index.ts';

/** How a value is written on one line. */
export type Form =
  | { readonly kind: 'text' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'number' }
  /** separated by commas or semicolons (names), or given several times (words) */
  | { readonly kind: 'list'; readonly of: 'names' | 'words' }
  /** a name, or several */
  | { readonly kind: 'names' }
  /** `party=157,…` */
  | { readonly kind: 'counts' }
  /** as JSON */
  | { readonly kind: 'json' };

export interface Field {
  /** where it stands in a development: `stance`, `source.publisher` */
  readonly path: string;
  readonly form: Form;
  /** the types of developments that have it, and those that cannot do without */
  readonly types: readonly DevelopmentType[];
  readonly requiredBy: readonly DevelopmentType[];
}

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly title?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: unknown;
  readonly anyOf?: readonly Schema[];
}

/** What says which development it is, or is not for people to say. */
const NOT_ASKED = new Set(['negotiation', 'type', 'schemaVersion']);

let memory: readonly Field[] | undefined;

/** Every field of the catalogue but negotiation and type, in its order. */
export function catalogueFields(): readonly Field[] {
  memory ??= readFields();
  return memory;
}

export const fieldsOf = (type: DevelopmentType): readonly Field[] =>
  catalogueFields().filter(({ types }) => types.includes(type));

function readFields(): readonly Field[] {
  const { oneOf = [] } = developmentJsonSchema() as { readonly oneOf?: readonly Schema[] };
  const fields = new Map<
    string,
    { path: string; form: Form; types: DevelopmentType[]; requiredBy: DevelopmentType[] }
  >();
  for (const schema of oneOf) {
    const type = DEVELOPMENT_TYPES.find((one) => one === schema.properties?.type?.const);
    if (type === undefined) continue;
    for (const { path, required, node } of leavesOf(schema)) {
      const field = fields.get(path) ?? { path, form: formOf(node), types: [], requiredBy: [] };
      field.types.push(type);
      if (required) field.requiredBy.push(type);
      fields.set(path, field);
    }
  }
  return [...fields.values()];
}

interface Leaf {
  readonly path: string;
  readonly required: boolean;
  readonly node: Schema;
}

/** The properties of an object; those of an object with fixed properties take its place. */
function leavesOf({ properties = {}, required = [] }: Schema): readonly Leaf[] {
  return Object.entries(properties).flatMap(([name, node]): readonly Leaf[] => {
    if (NOT_ASKED.has(name)) return [];
    const needed = required.includes(name);
    return node.properties
      ? leavesOf(node).map((leaf) => ({ ...leaf, path: `${name}.${leaf.path}`, required: needed && leaf.required }))
      : [{ path: name, required: needed, node }];
  });
}

function formOf({ enum: choices, type, items, additionalProperties, anyOf }: Schema): Form {
  if (choices) return { kind: 'choice', choices };
  if (anyOf) return { kind: 'names' };
  if (type === 'integer') return { kind: 'number' };
  if (type === 'array')
    return items?.type === 'string'
      ? { kind: 'list', of: items.title === 'Slug' ? 'names' : 'words' }
      : { kind: 'json' };
  if (type !== 'object') return { kind: 'text' };
  return isOpenObject(additionalProperties) ? { kind: 'json' } : { kind: 'counts' };
}

/** An object that may hold anything, such as the changes of a correction; counts hold numbers. */
const isOpenObject = (values: unknown): boolean => !JSON.stringify(values ?? {}).includes('"integer"');
