/** The order of the fields of a development: that of the catalogue, so that equal content is equal text. */
import type { z } from 'zod';
import { canonicalJson, type Development, SCHEMAS } from '../../../events/index.ts';

/** A schema as this room looks at it: what it is made of, and nothing of its checks. */
export interface Shaped {
  readonly def: {
    readonly type: z.core.$ZodTypeDef['type'];
    readonly innerType?: Shaped;
    readonly shape?: Readonly<Record<string, Shaped>>;
    readonly element?: Shaped;
    readonly options?: readonly Shaped[];
    readonly values?: readonly unknown[];
  };
}

/** What the schema of a type of development is made of. */
export const shapeOf = (type: string): Shaped | undefined => SCHEMAS.get(type) as unknown as Shaped | undefined;

/** What is left of a schema when "may be absent" is taken off. */
export const bare = (schema: Shaped): Shaped => (schema.def.innerType ? bare(schema.def.innerType) : schema);

/** A development with its fields in the order of the catalogue; the keys of free maps (counts, changes) are sorted. */
export function inCatalogueOrder(development: Development): Readonly<Record<string, unknown>> {
  const schema = shapeOf(development.type);
  if (!schema) throw new TypeError(`no schema for ${development.type}`);
  return ordered(schema, development) as Readonly<Record<string, unknown>>;
}

function ordered(optional: Shaped, value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  const { type, shape, element } = bare(optional).def;
  if (Array.isArray(value)) return element ? value.map((item) => ordered(element, item)) : value;
  if (type !== 'object' || !shape) return JSON.parse(canonicalJson(value));
  const fields = value as Readonly<Record<string, unknown>>;
  const inOrder: Record<string, unknown> = {};
  for (const key in shape) {
    const field = shape[key];
    if (field && fields[key] !== undefined) inOrder[key] = ordered(field, fields[key]);
  }
  return inOrder;
}
