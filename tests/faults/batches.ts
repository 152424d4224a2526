/** What a process that may be killed writes: batches made again from their names, so that they can be recognised and retried. */
import type { DevelopmentInput } from '../../events/index.ts';

export const NEGOTIATION = 'strait';
export const PARTIES = ['northland', 'southland', 'the-isles'] as const;
export const ISSUES = ['fishing', 'border'] as const;

export type Batch = readonly (DevelopmentInput & { readonly id: string })[];

/** What everything else stands on. */
export const OPENING: Batch = [
  { id: 'open', negotiation: NEGOTIATION, type: 'NegotiationOpened', title: 'The strait', timeZone: 'Europe/Oslo' },
  ...PARTIES.map((party) => ({
    ...{ id: `party-${party}`, negotiation: NEGOTIATION, type: 'PartyJoined' as const },
    ...{ party, name: party, role: 'principal' as const },
  })),
  ...ISSUES.map((issue) => ({
    ...{ id: `issue-${issue}`, negotiation: NEGOTIATION, type: 'IssueRaised' as const },
    ...{ issue, title: issue },
  })),
];

/**
 * The batch of a writer with a number: everything in it but its first development speaks of that one, so that half a batch would show.
 * @param size how many developments; each batch but the first of a writer also corrects something in the one before
 */
export function batchOf(writer: string, number: number, size: number): Batch {
  const at = (index: number, of = number) => `${writer}.${of}.${index}`;
  return Array.from({ length: size }, (_, index): Batch[number] => {
    const turn = number * 7 + index;
    const common = {
      id: at(index),
      negotiation: NEGOTIATION,
      source: { publisher: 'The Gazette', published: day(turn) },
    };
    const cell = { party: PARTIES[turn % 3] ?? 'northland', issue: ISSUES[turn % 2] ?? 'fishing' };
    if (index === 1 && number > 0)
      return {
        ...{ ...common, type: 'DevelopmentCorrected', corrects: at(0, number - 1) },
        changes: { stance: `Corrected by ${at(index)}.` },
      };
    if (index === 2) return { ...common, type: 'DevelopmentCorroborated', corroborates: at(0) };
    const occurred = day(turn);
    if (index % 5 === 3) return { ...common, ...cell, type: 'PositionReiterated', occurred };
    if (index % 5 === 4) return { ...common, ...cell, type: 'PositionWithdrawn', occurred };
    return { ...common, ...cell, type: 'DemandStated', occurred, stance: `Statement ${at(index)}.` };
  });
}

/** Days of two years, in no order. */
const day = (turn: number): string => new Date(Date.UTC(2023, 0, 1 + ((turn * 211) % 730))).toISOString().slice(0, 10);

/** How many developments the batch of a recorder holds. */
export const recordedSize = (number: number): number => 1 + (number % 6);
/** How many developments an imported file holds. */
export const IMPORTED = 300;
