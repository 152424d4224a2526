/** The table of naming fields holds every field of the catalogue that names something, and none that does not. */
import { expect, test } from 'vitest';
import { developmentSchema, fieldsNaming, isRecord, NAMING_FIELDS, slug } from '../../events/index.ts';
import { targetsOf } from '../../projections/related.ts';
import { EXAMPLES } from '../support/examples.ts';

/** As far as it is looked at here. */
interface Schema {
  readonly def: {
    readonly innerType?: Schema;
    readonly element?: Schema;
    readonly options?: readonly Schema[];
    readonly keyType?: Schema;
  };
}

const holdsSlugs = (schema: Schema): boolean => {
  const { innerType, element, options = [] } = schema.def;
  const inner = [...(innerType ? [innerType] : []), ...(element ? [element] : []), ...options];
  return schema === (slug as unknown) || inner.some(holdsSlugs);
};

const isKeyedBySlugs = ({ def }: Schema): boolean =>
  def.keyType !== undefined ? holdsSlugs(def.keyType) : def.innerType !== undefined && isKeyedBySlugs(def.innerType);

const FIELDS = developmentSchema.options.flatMap(({ shape }) => Object.entries(shape) as unknown as [string, Schema][]);
const fieldsThat = (holds: (schema: Schema) => boolean) =>
  [...new Set(FIELDS.filter(([, schema]) => holds(schema)).map(([field]) => field))].sort();

test('each field that holds a slug, or several, but for that of the negotiation itself', () => {
  const slugFields = Object.entries(NAMING_FIELDS).filter(([, kind]) => kind !== 'development');
  expect(fieldsThat(holdsSlugs)).toEqual([...slugFields.map(([field]) => field), 'negotiation'].sort());
});

test('one field has names as its keys: rules.ts knows it', () => {
  expect(fieldsThat(isKeyedBySlugs)).toEqual(['counts']);
});

test('each field by which something about the record names a development', () => {
  const named = Object.values(EXAMPLES).flatMap(({ full }) => {
    const development = full as Parameters<typeof isRecord>[0];
    return isRecord(development) ? targetsOf(development).map(({ field }) => field) : [];
  });
  expect([...new Set(named)].sort()).toEqual([...fieldsNaming('development')].sort());
});
