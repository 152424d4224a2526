/** Declaring on the fly what a development names and nobody declared: the negotiation, its parties, its issues. */
import { DemarcheError, type Fault, isDemarcheError, nearest } from '../../../events/index.ts';
import type { DevelopmentInput, Tracker } from '../../tracker/index.ts';
import type { Draft } from './field-options.ts';

/**
 * Drafts, with the declarations they need before them. Names are taken as they are written: the printed name of a party or issue is its
 * id until somebody corrects it. What else is wrong with the drafts is left for recording to say.
 */
export async function withDeclarations(
  tracker: Pick<Tracker, 'check'>,
  negotiation: string,
  drafts: readonly Draft[],
): Promise<readonly Draft[]> {
  let declared: readonly Draft[] = [];
  for (;;) {
    const missing = await missingIn(tracker, [...declared, ...drafts]);
    const more = missing.flatMap((fault) => declarationFor(fault, negotiation));
    const added = unique([...declared, ...more]);
    if (added.length === declared.length) return [...declared, ...drafts];
    declared = added;
  }
}

/** What was declared on the way, for a person to see: a typing error would have declared something new. */
export const declaredWords = (drafts: readonly Draft[], whole: readonly Draft[]): readonly string[] =>
  whole.slice(0, whole.length - drafts.length).map(({ type, negotiation, party, issue }) => {
    if (type === OPENING) return `the negotiation ${String(negotiation)}`;
    return party === undefined ? `the issue ${String(issue)}` : `the party ${String(party)}`;
  });

/** An error of recording without declaring, with what may have been meant, and what declaring would put right. */
export async function withHints(error: unknown, tracker: Pick<Tracker, 'negotiations'>): Promise<unknown> {
  if (!isDemarcheError(error)) return error;
  const lost = error.faults.some(({ field }) => field === 'negotiation');
  const names = lost ? (await tracker.negotiations()).map(({ negotiation }) => negotiation) : [];
  const { code, message, faults, more } = error;
  return new DemarcheError(code, message, { cause: error, more, faults: faults.map((fault) => hinted(fault, names)) });
}

function hinted(fault: Fault, negotiations: readonly string[]): Fault {
  const message = declarationFor(fault, '').length > 0 ? `${fault.message}; or record with --declare` : fault.message;
  const suggestion =
    fault.field === 'negotiation' && typeof fault.value === 'string' ? nearest(fault.value, negotiations) : undefined;
  return suggestion === undefined
    ? { ...fault, message }
    : { ...fault, suggestion, message: `did you mean ${suggestion}? Else ${message}` };
}

async function missingIn(tracker: Pick<Tracker, 'check'>, drafts: readonly Draft[]): Promise<readonly Fault[]> {
  try {
    await tracker.check(drafts);
    return [];
  } catch (error) {
    if (isDemarcheError(error)) return error.faults;
    throw error;
  }
}

const OPENING = 'NegotiationOpened';

function declarationFor({ code, value }: Fault, negotiation: string): readonly Draft[] {
  const name = String(value);
  switch (code) {
    case 'NEGOTIATION_NOT_OPEN':
      return [openingOf(negotiation, negotiation)];
    case 'PARTY_UNKNOWN':
      return [joiningOf(negotiation, name, name)];
    case 'ISSUE_UNKNOWN':
      return [raisingOf(negotiation, name, name)];
    default:
      return [];
  }
}

export const openingOf = (negotiation: string, title: string, timeZone = 'UTC'): DevelopmentInput => ({
  negotiation,
  type: OPENING,
  title,
  timeZone,
});

export const joiningOf = (
  negotiation: string,
  party: string,
  name: string,
  role: Extract<DevelopmentInput, { type: 'PartyJoined' }>['role'] = 'principal',
): DevelopmentInput => ({ negotiation, type: 'PartyJoined', party, name, role });

export const raisingOf = (negotiation: string, issue: string, title: string): DevelopmentInput => ({
  negotiation,
  type: 'IssueRaised',
  issue,
  title,
});

/** Each once, the opening first: nothing else can be recorded before it. */
function unique(declarations: readonly Draft[]): readonly Draft[] {
  const once = new Map(declarations.map((one) => [JSON.stringify([one.type, one.party, one.issue]), one]));
  return [...once.values()].sort((a, b) => Number(b.type === OPENING) - Number(a.type === OPENING));
}
