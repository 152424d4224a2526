/**
 * Columns and rows of the table: what is declared by this date, in its order; then what a position on record names without that (it was
 * retracted, or is declared later), by its id. No position is left out for it.
 */
import type { Issue, Participant, State } from '../../projections/answers.ts';

export type Column = Pick<Participant, 'party' | 'name' | 'memberOf' | 'status'> & {
  /** null: it is not on record by this date that it takes part */
  readonly role: Participant['role'] | null;
};

export function columnsOf({ parties, positions }: Pick<State, 'parties' | 'positions'>): readonly Column[] {
  const others = missing(
    positions.map(({ party }) => party),
    parties.map(({ party }) => party),
  );
  return [
    ...parties,
    ...others.map((party): Column => ({ party, name: party, memberOf: null, status: 'present', role: null })),
  ];
}

export function issuesOf({ issues, positions }: Pick<State, 'issues' | 'positions'>): readonly Issue[] {
  const others = missing(
    positions.map(({ issue }) => issue),
    issues.map(({ issue }) => issue),
  );
  return [...issues, ...others.map((issue): Issue => ({ issue, title: issue, parent: null, code: null }))];
}

const missing = (named: readonly string[], declared: readonly string[]): readonly string[] =>
  [...new Set(named).difference(new Set(declared))].sort();
