import { describe, expect, it } from 'vitest';
import { inTableOrder } from '../../projections/table-order.ts';

const cells = (...names: readonly string[]) =>
  names.map((name) => {
    const [issue = '', party = ''] = name.split(' ');
    return { issue, party };
  });
const ordered = (...names: readonly string[]) =>
  inTableOrder(
    cells(...names),
    [{ party: 'south' }, { party: 'north' }],
    [{ issue: 'river' }, { issue: 'bridges' }],
  ).map(({ issue, party }) => `${issue} ${party}`);

describe('cells in the order of the table', () => {
  it.each([
    [
      'are by issue, then by party, as these were declared',
      ['river south', 'river north', 'bridges south', 'bridges north'],
    ],
    [
      'have what was never declared behind all that was, by name',
      ['river south', 'river east', 'river west', 'bridges north', 'alps west', 'tolls north', 'tolls east'],
    ],
  ])('%s', (_, expected) => {
    expect(ordered(...expected)).toEqual(expected);
    expect(ordered(...expected.toReversed())).toEqual(expected);
  });
});
