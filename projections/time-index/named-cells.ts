/**
 * Named cells: those that a correction puts something into. Nobody may ever have seen it there, where it was retracted or put back by
 * then: the timeline of such a cell does not hold it, and its history tells of it all the same.
 */
import type { Development } from '../../events/index.ts';
import { type CellKey, nameOfCell } from '../positions.ts';

export function createNamedCells() {
  const byCell = new Map<string, Set<number>>();
  return {
    byCell,
    /** The developments found under a cell, by a member of the family of each. */
    in: (key: CellKey): Iterable<number> => byCell.get(nameOfCell(key)) ?? [],
    /** @param member of the family of these developments: what was said of one of them, directly or through another */
    note(member: number, developments: readonly Development[]): void {
      for (const key of cellsNamed(developments)) {
        const members = byCell.get(nameOfCell(key));
        if (members) members.add(member);
        else byCell.set(nameOfCell(key), new Set([member]));
      }
    },
  };
}

/**
 * Where corrections may put something: whatever is in effect of them, it is a party that one of these names, and an issue. What had no
 * cell before can have one then: a statement is corrected into a demand. Nowhere, if none of the corrections names either.
 */
function cellsNamed(developments: readonly Development[]): readonly CellKey[] {
  const named: Names = { parties: new Set(), issues: new Set() };
  for (const development of developments)
    if (development.type === 'DevelopmentCorrected') collect(development.changes, named);
  if (named.parties.size + named.issues.size === 0) return [];
  for (const development of developments) collect(development, named);
  return [...named.parties].flatMap((party) => [...named.issues].map((issue) => ({ party, issue })));
}

interface Names {
  readonly parties: Set<string>;
  readonly issues: Set<string>;
}

/** The parties and issues that a development names, or what changes it, at any depth: corrections are corrected. */
function collect(from: unknown, { parties, issues }: Names): void {
  for (const [field, value] of Object.entries(from ?? {})) {
    if (field === 'party' || field === 'parties') for (const party of textsIn(value)) parties.add(party);
    else if (field === 'issue') for (const issue of textsIn(value)) issues.add(issue);
    else if (field === 'changes') collect(value, { parties, issues });
  }
}

const textsIn = (value: unknown): readonly string[] => [value].flat().filter((one) => typeof one === 'string');
