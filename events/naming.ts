/** The fields that name something else: whoever treats all of those alike looks here, and a test holds the catalogue to it. */

export type NamedKind = 'party' | 'issue' | 'round' | 'document' | 'plan' | 'exchange' | 'agreement' | 'development';

/** What each names, one or several. `counts` names parties too, by its keys. */
export const NAMING_FIELDS = {
  party: 'party',
  parties: 'party',
  mediators: 'party',
  to: 'party',
  statedBy: 'party',
  memberOf: 'party',
  issue: 'issue',
  issues: 'issue',
  parent: 'issue',
  round: 'round',
  document: 'document',
  plan: 'plan',
  exchange: 'exchange',
  agreement: 'agreement',
  corrects: 'development',
  retracts: 'development',
  corroborates: 'development',
  denies: 'development',
  duplicate: 'development',
  into: 'development',
} as const satisfies Readonly<Record<string, NamedKind>>;

/** The fields that name something of a kind. */
export const fieldsNaming = (kind: NamedKind): readonly string[] =>
  Object.entries(NAMING_FIELDS).flatMap(([field, named]) => (named === kind ? [field] : []));
