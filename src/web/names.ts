/** The names of parties and issues, by their ids, to stand among words of ours. */
import type { Issue, Participant } from '../../projections/answers.ts';
import { isolated } from './isolated.ts';
import { sayList } from './words.ts';

export interface Names {
  party(id: string): string;
  issue(id: string): string;
  /** "Northland, Southland and Midland" */
  parties(ids: readonly string[]): string;
}

export interface Named {
  readonly parties: readonly Pick<Participant, 'party' | 'name'>[];
  readonly issues: readonly Pick<Issue, 'issue' | 'title'>[];
}

/** What is not declared by this date goes by its id. */
export function namesOf({ parties, issues }: Named): Names {
  const partyNames = new Map(parties.map(({ party, name }) => [party, isolated(name)]));
  const issueTitles = new Map(issues.map(({ issue, title }) => [issue, isolated(title)]));
  const party = (id: string) => partyNames.get(id) ?? id;
  return { party, issue: (id) => issueTitles.get(id) ?? id, parties: (ids) => sayList(ids.map(party)) };
}
