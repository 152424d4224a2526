/** What can happen: the catalogue, its dates and its order. Imports pure libraries, and nothing of ours. */
export * from './canonical.ts';
export * from './catalogue.ts';
export * from './edtf.ts';
export type { Entry } from './entry.ts';
export * from './errors.ts';
export { ATTRIBUTIONS, type Attribution, SCHEMA_VERSION, type Source, slug } from './fields.ts';
export { mergePatch } from './merge-patch.ts';
export { fieldsNaming, NAMING_FIELDS, type NamedKind } from './naming.ts';
export { DEEPEST } from './nesting.ts';
export * from './order.ts';
export type { Count } from './outcomes.ts';
export * from './parse.ts';
export { SHIFTS } from './positions.ts';
export { ROLES } from './setup.ts';
export { upcast } from './upcast.ts';
