/** What is not declared is told with the nearest declared name: for as many faults as anybody reads, and no more. */
import { expect, it } from 'vitest';
import type { Fault } from '../../../events/index.ts';
import { growRegistry } from '../../../src/tracker/recording/registry.ts';
import { withSuggestions } from '../../../src/tracker/recording/rules.ts';

const DECLARED = { ...growRegistry(), parties: () => ['northland', 'islands'], issues: () => ['fishing-rights'] };
const unknown = (code: 'PARTY_UNKNOWN' | 'ISSUE_UNKNOWN', value: string): Fault => ({
  code,
  field: 'x',
  value,
  message: 'no such name',
});

it('names a party for a party and an issue for an issue', () => {
  expect(
    withSuggestions(DECLARED, [
      unknown('PARTY_UNKNOWN', 'nortland'),
      unknown('ISSUE_UNKNOWN', 'fishing-right'),
      unknown('PARTY_UNKNOWN', 'fishing-rights'),
    ]),
  ).toMatchObject([
    { suggestion: 'northland', message: expect.stringMatching(/did you mean northland\?.*PartyJoined/) },
    { suggestion: 'fishing-rights', message: expect.stringMatching(/did you mean fishing-rights\?.*IssueRaised/) },
    { message: 'no such name' },
  ]);
});

it('leaves other faults as they are', () => {
  const other: Fault = { code: 'DATE_IN_FUTURE', field: 'occurred', value: 'northland', message: 'later' };
  expect(withSuggestions(DECLARED, [other])).toEqual([other]);
});

it('looks for the first hundred, and leaves none of the others out', () => {
  const faults = withSuggestions(
    DECLARED,
    Array.from({ length: 10_000 }, () => unknown('PARTY_UNKNOWN', 'nortland')),
  );
  expect(faults).toHaveLength(10_000);
  expect(faults.filter(({ suggestion }) => suggestion !== undefined)).toHaveLength(100);
});
