/** The order of cells in an answer: by issue, then by party, each as it was declared first; what was not declared comes last, by name. */
import type { Issue, Participant } from './answers.ts';
import type { CellKey } from './positions.ts';

export function inTableOrder<C extends CellKey>(
  cells: readonly C[],
  parties: readonly Pick<Participant, 'party'>[],
  issues: readonly Pick<Issue, 'issue'>[],
): readonly C[] {
  const issueRank = ranking(issues.map(({ issue }) => issue));
  const partyRank = ranking(parties.map(({ party }) => party));
  return cells
    .map((cell) => ({ cell, issue: issueRank(cell.issue), party: partyRank(cell.party) }))
    .sort(
      (a, b) =>
        a.issue - b.issue ||
        compare(a.cell.issue, b.cell.issue) ||
        a.party - b.party ||
        compare(a.cell.party, b.cell.party),
    )
    .map(({ cell }) => cell);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function ranking(names: readonly string[]): (name: string) => number {
  const places = new Map(names.map((name, place) => [name, place]));
  return (name) => places.get(name) ?? places.size;
}
