/** What a file needs declared: the opening of its negotiation, and each party and issue before the first row that names it. */
import type { Development, DevelopmentInput, ParsedDevelopment } from '../../../events/index.ts';
import { issuesNamed, partiesNamed } from '../recording/rules.ts';
import type { ImportItem } from './types.ts';

/** A row of the file that is a development. */
export interface ParsedRow {
  readonly line: number;
  readonly development: ParsedDevelopment;
}

/** What has to be known of a whole file before its first row can be declared for. Its memory is that of the names. */
export interface Survey {
  add(row: ParsedRow): void;
  /** the file opens its negotiation itself */
  readonly opens: boolean;
  /** this party only ever mediates in the file */
  mediatesOnly(party: string): boolean;
}

export function survey(): Survey {
  const mediators = new Set<string>();
  const others = new Set<string>();
  let opens = false;
  return {
    get opens() {
      return opens;
    },
    add({ development }) {
      opens ||= isOpening(development);
      for (const { field, name } of partiesNamed(development))
        (field.startsWith('mediators.') ? mediators : others).add(name);
    },
    mediatesOnly: (party) => mediators.has(party) && !others.has(party),
  };
}

export interface DeclareOptions {
  readonly negotiation: string;
  /** of the negotiation, where it has to be opened */
  readonly title: string;
  /** what is declared on record */
  readonly onRecord: readonly Development[];
  readonly surveyed: Survey;
  /** the name to declare a slug under */
  printed(kind: 'party' | 'issue', slug: string): string;
  /** makes a development of a declaration that the row on a line needs for one of its fields; none where it cannot be */
  declare(declaration: DevelopmentInput, line: number, field: string): readonly ImportItem[];
}

/**
 * For one row after the other, the row with what it needs declared before it. A party is declared as a `principal`; one that only ever
 * mediates in this file, as a `mediator`. Declarations have no date: what they say holds always.
 */
export function declarer(options: DeclareOptions): (row: ParsedRow) => readonly ImportItem[] {
  const { negotiation, title, onRecord, surveyed, printed, declare } = options;
  let opened = surveyed.opens || onRecord.some(isOpening);
  const parties = new Set(onRecord.flatMap((one) => (one.type === 'PartyJoined' ? [one.party] : [])));
  const issues = new Set(onRecord.flatMap((one) => (one.type === 'IssueRaised' ? [one.issue] : [])));
  return ({ development, line }) => {
    const opening = opened ? [] : declare({ negotiation, type: 'NegotiationOpened', title }, line, 'negotiation');
    opened = true;
    const joins = unseen(partiesNamed(development), parties).flatMap(({ field, name: party }) => {
      const role = surveyed.mediatesOnly(party) ? 'mediator' : 'principal';
      return declare({ negotiation, type: 'PartyJoined', party, name: printed('party', party), role }, line, field);
    });
    const raised = unseen(issuesNamed(development), issues).flatMap(({ field, name: issue }) =>
      declare({ negotiation, type: 'IssueRaised', issue, title: printed('issue', issue) }, line, field),
    );
    if (development.type === 'PartyJoined') parties.add(development.party);
    if (development.type === 'IssueRaised') issues.add(development.issue);
    return [...opening, ...joins, ...raised, { development, line, declares: null }];
  };
}

const isOpening = ({ type }: ParsedDevelopment): boolean => type === 'NegotiationOpened';

/** The names not seen before, which are seen from now on. */
const unseen = <N extends { readonly name: string }>(named: readonly N[], seen: Set<string>): readonly N[] =>
  named.filter(({ name }) => !seen.has(name) && seen.add(name));
