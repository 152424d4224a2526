/** Rules that hold for whatever is recorded, and for what a correction leaves behind: declared names, possible dates. Pure. */
import {
  type Development,
  type ErrorCode,
  type Fault,
  fieldsNaming,
  nearest,
  type ParsedDevelopment,
  spanOf,
} from '../../../events/index.ts';
import { moment } from '../../../projections/moments.ts';
import type { Declared } from './registry.ts';

export const fault = (code: ErrorCode, field: string, value: unknown, message: string): Fault => ({
  code,
  field,
  value,
  message,
});

export const wrong = (field: string, value: unknown, message: string): readonly Fault[] => [
  fault('DEVELOPMENT_INVALID', field, value, message),
];

/** Parties and issues are declared before they are named. */
export const nameFaults = (registry: Declared, development: Development): readonly Fault[] => [
  ...partiesNamed(development)
    .filter(({ name }) => !registry.hasParty(name))
    .map(({ field, name }) => fault('PARTY_UNKNOWN', field, name, undeclared('party'))),
  ...issuesNamed(development)
    .filter(({ name }) => !registry.hasIssue(name))
    .map(({ field, name }) => fault('ISSUE_UNKNOWN', field, name, undeclared('issue'))),
];

function undeclared(kind: 'party' | 'issue', suggestion?: string): string {
  const meant = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
  return `no ${kind} of this name was declared${meant} (declare it with ${kind === 'party' ? 'PartyJoined' : 'IssueRaised'})`;
}

/** Looking for the nearest of all declared names takes time, and nobody reads the hundredth suggestion. */
const SUGGESTED = 100;

/** The faults, of which the first name the nearest declared party or issue where one is near. */
export function withSuggestions(registry: Declared, faults: readonly Fault[]): readonly Fault[] {
  const declared = { party: registry.parties(), issue: registry.issues() };
  const suggest = (kind: 'party' | 'issue', one: Fault): Fault => {
    const suggestion = nearest(String(one.value), declared[kind]);
    return suggestion === undefined ? one : { ...one, message: undeclared(kind, suggestion), suggestion };
  };
  return faults.map((one, place) => {
    if (place >= SUGGESTED) return one;
    if (one.code === 'PARTY_UNKNOWN') return suggest('party', one);
    return one.code === 'ISSUE_UNKNOWN' ? suggest('issue', one) : one;
  });
}

/** A party or issue that must be declared, and the field that names it. */
export interface Named {
  readonly field: string;
  readonly name: string;
}

/** But those that the development itself declares. */
export const partiesNamed = (development: ParsedDevelopment): readonly Named[] => [
  ...named(development, PARTY_FIELDS, development.type === 'PartyJoined' ? 'party' : undefined),
  ...Object.keys(('counts' in development && development.counts) || {}).map((name) => ({
    field: `counts.${name}`,
    name,
  })),
];

/** But the one that the development itself declares. */
export const issuesNamed = (development: ParsedDevelopment): readonly Named[] =>
  named(development, ISSUE_FIELDS, development.type === 'IssueRaised' ? 'issue' : undefined);

const PARTY_FIELDS = fieldsNaming('party');
const ISSUE_FIELDS = fieldsNaming('issue');

function named(development: ParsedDevelopment, fields: readonly string[], declares?: string): readonly Named[] {
  const namesIn = (field: string, value: unknown): readonly Named[] =>
    typeof value === 'string'
      ? [{ field, name: value }]
      : Array.isArray(value)
        ? value.flatMap((name, index) => namesIn(`${field}.${index}`, name))
        : [];
  const values = development as Readonly<Record<string, unknown>>;
  return fields.flatMap((field) => (field === declares ? [] : namesIn(field, values[field])));
}

/** What is said to have happened, or to have been published, cannot lie wholly in the future. What is scheduled may. */
export function futureFaults({ occurred, source }: Development, timeZone: string, now: number): readonly Fault[] {
  const ahead = (field: string, date: string | undefined): readonly Fault[] =>
    date === undefined || spanOf(date, timeZone).start <= now
      ? []
      : [fault('DATE_IN_FUTURE', field, date, `this lies in the future; write a date up to ${moment(now)}`)];
  return [...ahead('occurred', occurred), ...ahead('source.published', source?.published)];
}
