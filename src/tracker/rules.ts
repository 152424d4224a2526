/** Rules that hold for whatever is recorded, and for what a correction leaves behind: declared names, possible dates. Pure. */
import {
  type Development,
  type ErrorCode,
  type Fault,
  nearest,
  type ParsedDevelopment,
  spanOf,
} from '../../events/index.ts';
import type { Registry } from './registry.ts';

export const fault = (code: ErrorCode, field: string, value: unknown, message: string, suggestion?: string): Fault => ({
  code,
  field,
  value,
  message,
  ...(suggestion === undefined ? {} : { suggestion }),
});

export const wrong = (field: string, value: unknown, message: string): readonly Fault[] => [
  fault('DEVELOPMENT_INVALID', field, value, message),
];

/** Parties and issues are declared before they are named. */
export function nameFaults(registry: Registry, development: Development): readonly Fault[] {
  const unknown =
    (kind: 'party' | 'issue', declared: () => readonly string[]) =>
    (named: Named): Fault => {
      const suggestion = nearest(named.name, declared());
      const how = kind === 'party' ? 'PartyJoined' : 'IssueRaised';
      const message = `no ${kind} of this name was declared${suggestion ? `; did you mean ${suggestion}?` : ''} (declare it with ${how})`;
      return fault(kind === 'party' ? 'PARTY_UNKNOWN' : 'ISSUE_UNKNOWN', named.field, named.name, message, suggestion);
    };
  return [
    ...partiesNamed(development)
      .filter(({ name }) => !registry.hasParty(name))
      .map(unknown('party', registry.parties)),
    ...issuesNamed(development)
      .filter(({ name }) => !registry.hasIssue(name))
      .map(unknown('issue', registry.issues)),
  ];
}

/** A party or issue that must be declared, and the field that names it. */
export interface Named {
  readonly field: string;
  readonly name: string;
}

export function partiesNamed(development: ParsedDevelopment): readonly Named[] {
  const named = (field: string, value: unknown): readonly Named[] =>
    typeof value === 'string'
      ? [{ field, name: value }]
      : Array.isArray(value)
        ? value.flatMap((name, index) => named(`${field}.${index}`, name))
        : [];
  const fields = development as Readonly<Record<string, unknown>>;
  const own = development.type === 'PartyJoined' ? [] : ['party'];
  return [
    ...[...own, 'parties', 'mediators', 'to', 'statedBy', 'memberOf'].flatMap((field) => named(field, fields[field])),
    ...Object.keys(('counts' in development && development.counts) || {}).map((name) => ({
      field: `counts.${name}`,
      name,
    })),
  ];
}

export function issuesNamed(development: ParsedDevelopment): readonly Named[] {
  if (development.type === 'IssueRaised')
    return development.parent === undefined ? [] : [{ field: 'parent', name: development.parent }];
  if ('issues' in development) return development.issues.map((name, index) => ({ field: `issues.${index}`, name }));
  return 'issue' in development ? [{ field: 'issue', name: development.issue }] : [];
}

/** What is said to have happened, or to have been published, cannot lie wholly in the future. What is scheduled may. */
export function futureFaults({ occurred, source }: Development, timeZone: string, now: number): readonly Fault[] {
  const ahead = (field: string, date: string | undefined): readonly Fault[] =>
    date === undefined || spanOf(date, timeZone).start <= now
      ? []
      : [
          fault(
            'DATE_IN_FUTURE',
            field,
            date,
            `this lies in the future; write a date up to ${new Date(now).toISOString()}`,
          ),
        ];
  return [...ahead('occurred', occurred), ...ahead('source.published', source?.published)];
}
