/** The description as the libraries make it, tidied: what nobody refers to is left out, and each schema has one name. */
export type Json = { [key: string]: Json } | Json[] | string | number | boolean | null;
export type JsonObject = { [key: string]: Json };

/**
 * The library names every schema twice, as it is read (`…Input`) and as it is answered: what nothing refers to is left out, and what is
 * only read needs no second name. A schema that refers to itself is any JSON at all, which is the schema without a word.
 */
export function tidy(written: JsonObject): JsonObject {
  const document = JSON.parse(JSON.stringify(written), (_, value) => (isAnyJson(value) ? {} : value)) as JsonObject;
  const { schemas, ...components } = document.components as { readonly schemas: JsonObject } & JsonObject;
  const used = new Set<string>();
  const visit = (value: Json): void => {
    for (const [, id = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(id)) continue;
      used.add(id);
      visit(schemas[id] ?? null);
    }
  };
  visit(document.paths ?? null);
  const kept = Object.fromEntries([...used].sort().map((id) => [id, schemas[id] ?? {}]));
  kept.DevelopmentInput = withoutNegotiation(kept.DevelopmentInput as JsonObject);
  const text = JSON.stringify({ ...document, components: { ...components, schemas: kept } });
  const onlyRead = [...used].filter((id) => id.endsWith('Input') && !used.has(id.slice(0, -5)));
  return JSON.parse(onlyRead.reduce((all, id) => all.replaceAll(`${id}"`, `${id.slice(0, -5)}"`), text)) as JsonObject;
}

const isAnyJson = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && '$ref' in value && String(value.$ref).includes('/__shared');

/** The address says which negotiation it is: a body may leave it out. */
const withoutNegotiation = (development: JsonObject): JsonObject => ({
  ...development,
  oneOf: (development.oneOf as JsonObject[]).map((one) => ({
    ...one,
    required: (one.required as string[]).filter((field) => field !== 'negotiation'),
  })),
});
