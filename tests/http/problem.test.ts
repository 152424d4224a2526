/** A problem stays small, whatever was sent: the first faults, and how many more there are. */
import { expect, it } from 'vitest';
import { DemarcheError, type Fault } from '../../events/index.ts';
import { problem, problemOf } from '../../src/http/problem.ts';

const faults: readonly Fault[] = Array.from({ length: 1000 }, (_, index) => ({
  index,
  field: 'party',
  value: 'x'.repeat(5000),
  message: 'not declared',
}));

it('lists a hundred faults and counts the others', () => {
  const answer = problemOf(new DemarcheError('PARTY_UNKNOWN', 'no such parties', { faults }));
  expect(problem.parse(answer)).toMatchObject({ code: 'PARTY_UNKNOWN', status: 422, more: 900 });
  expect(answer.faults).toHaveLength(100);
  expect(JSON.stringify(answer).length).toBeLessThan(64 * 1024);
});

it('says nothing of what was not thrown on purpose', () => {
  expect(problemOf(new Error('secret'))).toMatchObject({ code: 'INTERNAL', status: 500, faults: [], more: 0 });
  expect(JSON.stringify(problemOf(new Error('secret')))).not.toContain('secret');
});
