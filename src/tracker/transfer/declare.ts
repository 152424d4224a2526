/** What a file needs declared: the opening of its negotiation, and each party and issue before the first row that names it. */
import type { Development, DevelopmentInput, ParsedDevelopment } from '../../../events/index.ts';
import { issuesNamed, partiesNamed } from '../rules.ts';
import type { ImportItem } from './types.ts';

/** A row of the file that is a development. */
export interface ParsedRow {
  readonly line: number;
  readonly development: ParsedDevelopment;
}

export interface DeclareOptions {
  readonly negotiation: string;
  /** of the negotiation, where it has to be opened */
  readonly title: string;
  readonly onRecord: readonly Development[];
  /** the name to declare a slug under */
  printed(kind: 'party' | 'issue', slug: string): string;
  /** makes a development of a declaration that the row on a line needs for one of its fields; none where it cannot be */
  declare(declaration: DevelopmentInput, line: number, field: string): readonly ImportItem[];
}

/**
 * The rows of a file with what they need declared. A party is declared as a `principal`; one that only ever mediates in this file, as
 * a `mediator`. Declarations have no date: what they say holds always.
 */
export function withDeclarations(rows: readonly ParsedRow[], options: DeclareOptions): readonly ImportItem[] {
  const { negotiation, title, onRecord, printed, declare } = options;
  const mediators = onlyMediators(rows);
  const opened = onRecord.some(isOpening) || rows.some(({ development }) => isOpening(development));
  const parties = new Set(onRecord.flatMap((one) => (one.type === 'PartyJoined' ? [one.party] : [])));
  const issues = new Set(onRecord.flatMap((one) => (one.type === 'IssueRaised' ? [one.issue] : [])));
  return rows.flatMap(({ development, line }, index): readonly ImportItem[] => {
    const opening =
      index === 0 && !opened ? declare({ negotiation, type: 'NegotiationOpened', title }, line, 'negotiation') : [];
    const joins = unseen(partiesNamed(development), parties).flatMap(({ field, name: party }) => {
      const role = mediators.has(party) ? 'mediator' : 'principal';
      return declare({ negotiation, type: 'PartyJoined', party, name: printed('party', party), role }, line, field);
    });
    const raised = unseen(issuesNamed(development), issues).flatMap(({ field, name: issue }) =>
      declare({ negotiation, type: 'IssueRaised', issue, title: printed('issue', issue) }, line, field),
    );
    if (development.type === 'PartyJoined') parties.add(development.party);
    if (development.type === 'IssueRaised') issues.add(development.issue);
    return [...opening, ...joins, ...raised, { development, line, declares: null }];
  });
}

const isOpening = ({ type }: ParsedDevelopment): boolean => type === 'NegotiationOpened';

/** The names not seen before, which are seen from now on. */
const unseen = <N extends { readonly name: string }>(named: readonly N[], seen: Set<string>): readonly N[] =>
  named.filter(({ name }) => !seen.has(name) && seen.add(name));

function onlyMediators(rows: readonly ParsedRow[]): ReadonlySet<string> {
  const roles = rows.flatMap(({ development }) => partiesNamed(development));
  const mediates = (field: string) => field.startsWith('mediators.');
  const others = new Set(roles.filter(({ field }) => !mediates(field)).map(({ name }) => name));
  return new Set(roles.filter(({ field, name }) => mediates(field) && !others.has(name)).map(({ name }) => name));
}
