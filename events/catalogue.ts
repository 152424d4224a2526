/** The catalogue: each type of development is one schema, and every TypeScript type of it is inferred from here. */
import { z } from 'zod';
import { contextSchemas } from './context.ts';
import { outcomeSchemas } from './outcomes.ts';
import { paperSchemas } from './papers.ts';
import { positionSchemas } from './positions.ts';
import { recordSchemas } from './record.ts';
import { roundSchemas } from './rounds.ts';
import { setUpSchemas } from './setup.ts';

export const developmentSchema = z.discriminatedUnion('type', [
  ...setUpSchemas,
  ...positionSchemas,
  ...roundSchemas,
  ...paperSchemas,
  ...outcomeSchemas,
  ...contextSchemas,
  ...recordSchemas,
]);

/** A development as a person writes it: defaults may be absent. */
export type DevelopmentInput = z.input<typeof developmentSchema>;
/** A development as it is recorded: checked, defaults filled in, its id given or derived. */
export type Development = z.output<typeof developmentSchema> & { readonly id: string };
export type DevelopmentType = Development['type'];
export type DevelopmentOf<T extends DevelopmentType> = Extract<Development, { type: T }>;

const typesOf = <S extends readonly { readonly shape: { readonly type: z.ZodLiteral<string> } }[]>(schemas: S) =>
  schemas.map((schema) => schema.shape.type.value) as readonly S[number]['shape']['type']['value'][];

/** The schema of each type, in the order of the catalogue. */
export const SCHEMAS: ReadonlyMap<string, (typeof developmentSchema.options)[number]> = new Map(
  developmentSchema.options.map((schema) => [schema.shape.type.value, schema]),
);

/** The types, in the groups and the order of the catalogue. */
export const GROUPS = {
  'set-up': typesOf(setUpSchemas),
  positions: typesOf(positionSchemas),
  rounds: typesOf(roundSchemas),
  papers: typesOf(paperSchemas),
  outcomes: typesOf(outcomeSchemas),
  context: typesOf(contextSchemas),
  record: typesOf(recordSchemas),
} as const satisfies Record<string, readonly DevelopmentType[]>;

export type Group = keyof typeof GROUPS;
export type PositionDevelopment = DevelopmentOf<(typeof GROUPS)['positions'][number]>;
export type RecordDevelopment = DevelopmentOf<(typeof GROUPS)['record'][number]>;

export const DEVELOPMENT_TYPES: readonly DevelopmentType[] = Object.values(GROUPS).flat();

const GROUP_OF = new Map<string, Group>(
  Object.entries(GROUPS).flatMap(([group, types]) => types.map((type) => [type, group as Group] as const)),
);

/** The group a type belongs to. */
export function groupOf(type: DevelopmentType): Group {
  const group = GROUP_OF.get(type);
  if (!group) throw new TypeError(`no group for ${type}`);
  return group;
}

export const isPosition = (development: Development): development is PositionDevelopment =>
  groupOf(development.type) === 'positions';

export const isRecord = (development: Development): development is RecordDevelopment =>
  groupOf(development.type) === 'record';

/** What a development about positions does to its point. */
export function actOf(type: PositionDevelopment['type']): 'set' | 'reiterate' | 'withdraw' {
  switch (type) {
    case 'PositionStated':
    case 'DemandStated':
    case 'ProposalMade':
    case 'ProposalAccepted':
    case 'ProposalRejected':
    case 'RedLineDeclared':
    case 'ConcessionSignalled':
    case 'ConditionAttached':
      return 'set';
    case 'PositionReiterated':
    case 'DemandReiterated':
      return 'reiterate';
    case 'PositionWithdrawn':
    case 'DemandDropped':
      return 'withdraw';
  }
}

/** The parties whose development it is: one, several (a joint statement), or none. */
export function partiesOf(development: Development): readonly string[] {
  if ('parties' in development && development.parties) return development.parties;
  if ('party' in development && development.party) return [development.party];
  return [];
}

/** JSON Schema (draft 2020-12) of a development as a person writes it. */
export const developmentJsonSchema = (): object =>
  z.toJSONSchema(developmentSchema, { io: 'input', target: 'draft-2020-12' });
