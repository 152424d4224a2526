/** The words on screen for what the record says in ids. "Stated" and "reported": nothing here claims to know more. */
import type {
  Beside,
  Difference,
  Effect,
  Exchange,
  HistoryEntry,
  Point,
  Round,
  Standard,
} from '../../projections/answers.ts';
import { besideStance } from '../../projections/moved.ts';
import { attributionWords, knownWords, typeWords } from '../../projections/words.ts';

export type Attribution = Beside['attribution'];
export type Shift = NonNullable<Difference['shift']>;
/** The name of a party, by its id. */
type PartyName = (party: string) => string;

/** What a cell without a position says, to the letter. The type holds it to what the answers say. */
export const NO_POSITION: typeof import('../../projections/answers.ts').NO_POSITION = 'no stated position on record';

const EFFECTS: Readonly<Record<Effect, string>> = {
  new: 'new',
  changed: 'changed',
  conditioned: 'condition',
  reiterated: 'reiterated',
  withdrawn: 'withdrawn',
  corrected: 'corrected',
  retracted: 'retracted',
  beside: 'beside',
};

const SHIFTS: Readonly<Record<Shift, string>> = {
  hardened: 'hardened',
  softened: 'softened',
  reversed: 'reversed',
  rescoped: 'changed in scope',
};

/** "changed in scope", "hardened", "new": what happened, and how the coder judged it. */
export const sayEffect = (effect: Effect, shift: Shift | null): string =>
  effect === 'changed' && shift !== null ? SHIFTS[shift] : EFFECTS[effect];

export const sayAttribution = attributionWords;

const EXPLAINED: Readonly<Record<Attribution, string>> = {
  'on-record': 'a named speaker, or an official paper',
  narrative: 'the report’s own account, no source named',
  'unnamed-official': 'an official whom the report does not name',
  anonymous: 'a leak',
  counterpart: 'another party says what this party holds',
};

export const explainAttribution = (attribution: Attribution): string => EXPLAINED[attribution];

/** How something is known; of another party’s account, which party gives it. */
export const sayKnown = (attribution: Attribution, statedBy: string | null, partyName: PartyName): string =>
  knownWords({ attribution, statedBy }, { party: partyName });

/** Which development a denial denies, and who does: "denial of R-41 by Northland". */
export const sayDenial = (denies: string, statedBy: string | null, partyName: PartyName): string =>
  `denial of ${denies}${statedBy === null ? '' : ` by ${partyName(statedBy)}`}`;

/** What a step of a history is, and of which development it speaks: "demand stated", "corrects R-41". */
export function sayStep({ type, denies, speaksOf, statedBy }: HistoryEntry, partyName: PartyName): string {
  if (denies !== null) return sayDenial(denies, statedBy, partyName);
  if (speaksOf === null) return sayType(type);
  return `${type === 'DevelopmentRetracted' ? 'retracts' : 'corrects'} ${speaksOf}`;
}

/** The words of a point; some were affirmed in a report that does not give them. */
export const sayStance = (stance: string | null): string => stance ?? 'affirmed, in words not on record';

/** What kind of point it is; the headline needs no word. */
export const sayPoint = ({ point, act }: Pick<Point, 'point' | 'act'>): string | null =>
  point === 'main' ? null : act === 'ConditionAttached' ? 'condition' : 'also';

/** What stands beside a position: what it is and how it is known, and its words. A denial says who denies which development. */
export function sayBeside(
  { type, stance, attribution, denies, statedBy }: Beside,
  partyName: PartyName,
): {
  readonly label: string;
  readonly words: string;
} {
  const how = sayKnown(attribution, statedBy, partyName);
  if (denies !== null)
    return { label: `${sayDenial(denies, statedBy, partyName)} · ${how}`, words: stance ?? 'denies it' };
  return { label: `beside · ${how}`, words: besideStance({ type, stance }) };
}

const STATUSES: Readonly<Record<HistoryEntry['status'], string>> = {
  'in-force': 'in force',
  superseded: 'superseded',
  withdrawn: 'withdrawn since',
  corrected: 'corrected: the record was wrong',
  retracted: 'retracted: the record was wrong',
  beside: 'beside the position',
};

export const sayStatus = (status: HistoryEntry['status']): string => STATUSES[status];

const STANDARDS: Readonly<Record<Standard, string>> = {
  strict: 'on record only',
  stated: 'on record and as reported',
  all: 'everything, leaks included',
};

export const sayStandard = (standard: Standard): string => STANDARDS[standard];

const ROUNDS: Readonly<Record<Round['status'], string>> = {
  scheduled: 'scheduled',
  postponed: 'postponed',
  'under-way': 'under way',
  concluded: 'concluded',
  cancelled: 'cancelled',
  overdue: 'overdue',
};

/** A round that was called off once it had sat was not cancelled; one of which only a delegation was named was not scheduled. */
export function sayRound({ status, scheduledFor, held, parties }: Round): string {
  if (status === 'scheduled' && scheduledFor === null && parties.length === 0) return 'spoken of';
  if (status === 'postponed' && held.length > 0) return 'adjourned';
  if (status === 'cancelled' && held.length > 0) return 'broken off';
  return ROUNDS[status];
}

const OUTCOMES: Readonly<Record<NonNullable<Round['outcome']>, string>> = {
  agreement: 'ended with an agreement',
  partial: 'ended with a part agreed',
  none: 'ended without agreement',
};

export const sayOutcome = (outcome: NonNullable<Round['outcome']>): string => OUTCOMES[outcome];

const EXCHANGES: Readonly<Record<Exchange['status'], string>> = {
  agreed: 'agreed; not reported as carried out',
  'partly-carried-out': 'carried out in part',
  'carried-out': 'carried out',
};

export const sayExchange = (status: Exchange['status']): string => EXCHANGES[status];

/** "A, B and C" */
const listed = new Intl.ListFormat('en-GB', { type: 'conjunction' });
export const sayList = (names: readonly string[]): string => listed.format(names);

/** "DemandStated" → "demand stated" */
export const sayType = typeWords;

/** "third-trilateral-2026" → "third trilateral 2026": for things that have an id and no title. */
export const sayId = (id: string): string => id.replaceAll('-', ' ');

/** An address on the web, or undefined: nothing else becomes a link. */
export function webAddress(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const { protocol, href } = new URL(text);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}

/** "1 development", "2 developments" */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;
