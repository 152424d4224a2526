/**
 * What Demarche answers, wherever it is asked: on the command line, over HTTP, in the library. One zod schema an answer; the
 * TypeScript types and the OpenAPI description are made from these. Days are civil days in the negotiation's time zone; moments are
 * RFC 3339 in UTC; revisions and positions are decimal strings.
 */
import { z } from 'zod';
import { source } from '../events/fields.ts';
import { ATTRIBUTIONS, DEVELOPMENT_TYPES, type DevelopmentType, ROLES, SHIFTS } from '../events/index.ts';
import { count } from '../events/outcomes.ts';

const day = z
  .string()
  .meta({ description: 'A civil day in the time zone of the negotiation', examples: ['2026-02-13'] });
const moment = z.string().meta({ description: 'RFC 3339, UTC', examples: ['2026-02-13T23:59:59.999Z'] });
const edtf = z.string().meta({ description: 'EDTF, as recorded' });
const ids = z.array(z.string()).readonly();
const type = z.enum(DEVELOPMENT_TYPES as readonly [DevelopmentType, ...DevelopmentType[]]);

export const STANDARDS = ['strict', 'stated', 'all'] as const;
export const standard = z.enum(STANDARDS);
export type Standard = z.output<typeof standard>;

/** What a development does to the position of a party on an issue. */
export const EFFECTS = [
  'new',
  'changed',
  'conditioned',
  'reiterated',
  'withdrawn',
  'corrected',
  'retracted',
  'beside',
] as const;
export const effect = z.enum(EFFECTS);
export type Effect = z.output<typeof effect>;

const statedBy = z.string().nullable().meta({
  description:
    'Who says so, where it is not the party whose position it is: the party that tells it of another, or that denies it',
});

const denies = z.string().nullable().meta({ description: 'Of a denial: the id of the development it denies' });

const held = {
  stance: z.string().nullable(),
  act: type.nullable(),
  setBy: z.string().nullable(),
  since: day.nullable(),
  lastAffirmed: day.nullable(),
  timesReiterated: z.int().nullable(),
};

export const point = z.object({
  point: z.string(),
  stance: z.string().nullable().meta({ description: 'null: affirmed, in words that are not on record' }),
  act: type,
  setBy: z.string(),
  since: day,
  lastAffirmed: day,
  timesReiterated: z.int(),
  attribution: z.enum(ATTRIBUTIONS),
  statedBy,
});

export const beside = z.object({
  id: z.string(),
  type,
  stance: z.string().nullable(),
  attribution: z.enum(ATTRIBUTIONS),
  statedBy,
  occurred: edtf,
  denies,
});

const denials = z
  .array(beside)
  .readonly()
  .meta({ description: 'Who denies any of its developments, and which, in the order in which that counts' });

/** The top fields repeat the point `main` and are null where it is not in force. */
export const position = z.object({
  party: z.string(),
  issue: z.string(),
  ...held,
  attribution: z.enum(ATTRIBUTIONS).nullable(),
  statedBy,
  status: z.enum(['held', 'withdrawn', 'none']),
  points: z.array(point).readonly(),
  beside: z.array(beside).readonly(),
  developments: ids.meta({
    description: 'What the position rests on: what set and affirmed its points, or withdrew it',
  }),
});

export const round = z.object({
  round: z.string(),
  status: z.enum(['scheduled', 'postponed', 'under-way', 'concluded', 'cancelled', 'overdue']),
  scheduledFor: edtf.nullable(),
  held: z.array(edtf).readonly().meta({
    description:
      'When it was opened and concluded, or opened and broken off, unless it was planned for another day since',
  }),
  outcome: z.enum(['agreement', 'partial', 'none']).nullable(),
  parties: ids,
  mediators: ids,
  format: z.string().nullable(),
  venue: z.string().nullable(),
  summary: z.string().nullable(),
  delegations: z.array(z.object({ party: z.string(), head: z.string().nullable(), members: ids })).readonly(),
  beside: denials,
  developments: ids,
});

const planPoint = z.object({ id: z.string(), text: z.string() });

export const plan = z.object({
  plan: z.string(),
  version: z.string().meta({ description: 'The newest version' }),
  versions: z
    .array(
      z.object({
        version: z.string(),
        from: z.string().nullable(),
        occurred: edtf,
        parties: ids,
        summary: z.string().nullable(),
        points: z.array(planPoint).readonly().nullable().meta({ description: 'null: not on record' }),
        added: z.array(planPoint).readonly(),
        removed: z.array(planPoint).readonly(),
        changed: z.array(z.object({ id: z.string(), before: z.string(), after: z.string() })).readonly(),
        beside: denials,
        development: z.string(),
      }),
    )
    .readonly(),
});

const counts = z
  .record(z.string(), count)
  .meta({ description: 'How many each party released; "300+" is at least 300' });

export const exchange = z.object({
  exchange: z.string(),
  status: z.enum(['agreed', 'partly-carried-out', 'carried-out']),
  parties: ids,
  formula: z.string().nullable(),
  agreed: counts.nullable(),
  agreedOn: edtf.nullable(),
  carriedOut: counts.nullable(),
  carriedOutOn: z.array(edtf).readonly(),
  summary: z.string(),
  beside: denials,
  developments: ids,
});

export const agreement = z.object({
  agreement: z.string(),
  status: z.enum(['in-force', 'suspended']),
  since: day,
  parties: ids,
  issues: ids,
  summary: z.string(),
  beside: denials,
  developments: ids,
});

export const participant = z.object({
  party: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  memberOf: z.string().nullable(),
  code: z.string().nullable(),
  status: z.enum(['present', 'left']),
  joined: edtf.nullable().meta({ description: 'null: from the start' }),
  left: edtf.nullable(),
});

export const issue = z.object({
  issue: z.string(),
  title: z.string(),
  parent: z.string().nullable(),
  code: z.string().nullable(),
});

export const possibility = z.object({
  id: z.string(),
  type,
  occurred: edtf,
  parties: ids,
  issue: z.string().nullable(),
  headline: z.string(),
});

/** Which moments the gates of an answer mean: a bare date is the end of that day in `timeZone`. */
export const gates = z.object({
  timeZone: z.string(),
  asOf: moment,
  knownOn: moment.nullable(),
  recordedBy: moment.nullable(),
});

export const state = z.object({
  negotiation: z.string(),
  title: z.string(),
  asOf: z.string(),
  knownOn: z.string().nullable(),
  recordedBy: z.string().nullable(),
  standard,
  revision: z.string(),
  gates,
  positions: z.array(position).readonly(),
  rounds: z.array(round).readonly(),
  plans: z.array(plan).readonly(),
  exchanges: z.array(exchange).readonly(),
  agreements: z.array(agreement).readonly(),
  parties: z.array(participant).readonly(),
  issues: z.array(issue).readonly(),
  possiblyByThen: z.array(possibility).readonly(),
});

export const historyEntry = z.object({
  id: z.string(),
  type,
  effect,
  shift: z.enum(SHIFTS).nullable(),
  point: z.string().nullable(),
  stance: z.string().nullable(),
  occurred: edtf.nullable(),
  effective: moment.nullable(),
  reported: moment.nullable(),
  recorded: moment,
  attribution: z.enum(ATTRIBUTIONS).nullable(),
  speaker: z.object({ name: z.string(), office: z.string().optional() }).nullable(),
  statedBy,
  denies,
  speaksOf: z.string().nullable().meta({
    description: 'Of a correction or a retraction: the id of what it corrects or takes back, which may be one itself',
  }),
  source: source.nullable(),
  corroboratedBy: z.array(source).readonly(),
  reason: z.string().nullable().meta({ description: 'Why it was retracted' }),
  status: z.enum(['in-force', 'superseded', 'withdrawn', 'corrected', 'retracted', 'beside']),
});

/** What moved in a cell, and between what. */
const moved = {
  party: z.string(),
  issue: z.string(),
  change: effect,
  shift: z.enum(SHIFTS).nullable(),
  before: position.nullable(),
  after: position.nullable(),
};

export const difference = z.object({ ...moved, developments: ids });

/**
 * One position changed by one event of the log. `before` and `after` are the current position, without and with that event. Where they
 * are alike and only the past reads differently, `past` is true and `alters` says from when to when.
 */
export const change = z.object({
  negotiation: z.string(),
  cursor: z.string().meta({ description: 'Where a reader that has seen this change goes on: the log position' }),
  position: z.string(),
  revision: z.string(),
  development: z.string().meta({ description: 'The event that caused it' }),
  type,
  recorded: moment,
  ...moved,
  past: z.boolean(),
  alters: z
    .object({ from: moment.nullable(), to: moment.nullable() })
    .meta({ description: 'The span of asOf in which this cell reads differently now; null: without end' }),
  standard,
  link: z
    .string()
    .meta({ description: 'The state with this change, pinned on all gates, below the address of the API' }),
});

export const cellTimeline = z.object({
  party: z.string(),
  issue: z.string(),
  versions: z
    .array(z.object({ from: moment, position: position.nullable().meta({ description: 'null: nothing any more' }) }))
    .readonly()
    .meta({ description: 'What the cell held from each moment at which that changed, earliest first' }),
});

export const chronicleEntry = z.object({
  id: z.string(),
  type,
  status: z.enum(['stands', 'corrected', 'retracted', 'merged']),
  revision: z.string(),
  position: z.string(),
  occurred: edtf.nullable(),
  effective: moment.nullable().meta({ description: 'null: always' }),
  reported: moment.nullable().meta({ description: 'null: always' }),
  recorded: moment,
  parties: ids,
  issue: z.string().nullable(),
  headline: z.string(),
  attribution: z.enum(ATTRIBUTIONS).nullable(),
  statedBy,
  source: source.nullable(),
  corroboratedBy: z.array(source).readonly(),
  recorder: z.string().nullable().meta({ description: 'Who recorded it; null: nobody said' }),
  corrections: z
    .array(
      z.object({
        id: z.string(),
        reported: moment.nullable(),
        recorded: moment,
        changes: z.record(z.string(), z.json()),
        source: source.nullable(),
      }),
    )
    .readonly()
    .meta({ description: 'What corrected it, oldest first; "changes" is a JSON Merge Patch' }),
  first: z
    .object({ occurred: edtf.nullable(), headline: z.string() })
    .nullable()
    .meta({ description: 'What was first recorded, where it was corrected' }),
  denials: z
    .array(z.object({ id: z.string(), party: z.string(), stance: z.string().nullable(), recorded: moment }))
    .readonly()
    .meta({ description: 'Who denied it, in the order in which that counts' }),
  removedBy: z
    .object({
      id: z.string(),
      type,
      recorded: moment,
      reason: z.string().nullable(),
      into: z.string().nullable().meta({ description: 'Of a merge: the id of the development it went into' }),
    })
    .nullable(),
});

export type Point = z.output<typeof point>;
export type Beside = z.output<typeof beside>;
export type Position = z.output<typeof position>;
export type Round = z.output<typeof round>;
export type Plan = z.output<typeof plan>;
export type Exchange = z.output<typeof exchange>;
export type Agreement = z.output<typeof agreement>;
export type Participant = z.output<typeof participant>;
export type Issue = z.output<typeof issue>;
export type Possibility = z.output<typeof possibility>;
export type State = z.output<typeof state>;
export type HistoryEntry = z.output<typeof historyEntry>;
export type Difference = z.output<typeof difference>;
export type Change = z.output<typeof change>;
export type CellTimeline = z.output<typeof cellTimeline>;
export type ChronicleEntry = z.output<typeof chronicleEntry>;

/** What a cell without a position answers, to the letter: silence is not assent. */
export const NO_POSITION = 'no stated position on record';
