/** What a negotiation holds already, for completion: names, and values that come again. */
import { type Development, isDemarcheError, type Source } from '../../../events/index.ts';
import type { NegotiationSummary, State, Tracker } from '../../tracker/index.ts';
import type { Choice } from './ask.ts';
import { type Draft, valueAt } from './field-options.ts';

export interface Known {
  readonly state: State | null;
  /** in the order of the log; none for a negotiation that is not open */
  readonly developments: readonly Development[];
  readonly timeZone: string;
  readonly parties: readonly Choice[];
  readonly issues: readonly Choice[];
  /** the last reports that were recorded from, newest first */
  readonly sources: readonly Source[];
}

const SOURCES = 8;

/** All that a negotiation holds; nothing, where it is not open yet. */
export async function knownOf(tracker: Pick<Tracker, 'state' | 'developments'>, negotiation: string): Promise<Known> {
  try {
    const [state, developments] = [await tracker.state(negotiation), await tracker.developments(negotiation)];
    return {
      state,
      developments,
      timeZone: state.gates.timeZone,
      parties: state.parties.map(({ party, name }) => ({ value: party, label: name, hint: party })),
      issues: state.issues.map(({ issue, title }) => ({ value: issue, label: title, hint: issue })),
      sources: recentSources(developments),
    };
  } catch (error) {
    if (isDemarcheError(error) && error.code === 'NEGOTIATION_UNKNOWN')
      return { state: null, developments: [], timeZone: 'UTC', parties: [], issues: [], sources: [] };
    throw error;
  }
}

export const negotiationChoices = (negotiations: readonly NegotiationSummary[]): readonly Choice[] =>
  negotiations.map(({ negotiation, title }) => ({ value: negotiation, label: title, hint: negotiation }));

function recentSources(developments: readonly Development[]): readonly Source[] {
  const recent = new Map<string, Source>();
  for (const { source } of developments.toReversed()) {
    if (!source || recent.size >= SOURCES) continue;
    const { publisher, title, published } = source;
    const key = JSON.stringify([publisher, title, published]);
    if (!recent.has(key)) recent.set(key, source);
  }
  return [...recent.values()];
}

/** Values a field had before, newest first: rounds, plans, exchanges, speakers. */
export const valuesOf = (developments: readonly Development[], path: string): readonly string[] => [
  ...new Set(
    developments.toReversed().flatMap((development) => {
      const value = valueAt(development as Draft, path);
      return typeof value === 'string' ? [value] : [];
    }),
  ),
];
