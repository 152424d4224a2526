/** Positions: what a party says it holds, affirms or gives up on an issue. */
import { z } from 'zod';
import { edtf, happened, ofParties, opening, parties, reference, slug, words } from './fields.ts';

export const SHIFTS = ['hardened', 'softened', 'reversed', 'rescoped'] as const;

const whose = { party: slug.optional(), parties: parties.optional() };

type Said = {
  readonly party?: string | undefined;
  readonly parties?: readonly string[] | undefined;
  readonly statedBy?: string | undefined;
  readonly attribution: string;
};

const checked = <S extends z.ZodType<Said>>(schema: S) =>
  ofParties(schema).superRefine((said, context) => {
    const wrong = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    const own = said.parties ?? [said.party];
    const another = said.statedBy !== undefined && !own.includes(said.statedBy);
    if (said.attribution === 'counterpart' && !another)
      wrong('statedBy', 'an account of what another party holds names in "statedBy" the party that gives it');
    if (another && said.attribution !== 'counterpart')
      wrong(
        'attribution',
        'what one party says another holds is "counterpart"; leave "statedBy" out where it is the same party',
      );
  });

const sets = <const T extends string>(type: T) =>
  checked(
    z.strictObject({
      ...opening(type),
      occurred: edtf,
      ...whose,
      issue: slug,
      stance: words(4000),
      point: reference.optional(),
      replaces: z.enum(['point', 'position'], { error: 'write "point" or "position"' }).default('point'),
      shift: z.enum(SHIFTS, { error: `write one of ${SHIFTS.join(', ')}` }).optional(),
      ...happened,
    }),
  );

const refersTo = <const T extends string>(type: T) =>
  checked(
    z.strictObject({
      ...opening(type),
      occurred: edtf,
      ...whose,
      issue: slug,
      stance: words(4000).optional(),
      point: reference.optional(),
      ...happened,
    }),
  );

export const positionSchemas = [
  sets('PositionStated'),
  sets('DemandStated'),
  sets('ProposalMade'),
  sets('ProposalAccepted'),
  sets('ProposalRejected'),
  sets('RedLineDeclared'),
  sets('ConcessionSignalled'),
  sets('ConditionAttached'),
  refersTo('PositionReiterated'),
  refersTo('DemandReiterated'),
  refersTo('PositionWithdrawn'),
  refersTo('DemandDropped'),
] as const;
