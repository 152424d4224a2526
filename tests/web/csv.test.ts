/** The view as a table for a spreadsheet, row by row. */
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { matrixCsv } from '../../src/web/take/csv.ts';
import { EXAMPLES, GROUND } from '../support/examples.ts';
import { NEGOTIATION, openTestTracker } from '../support/tracker.ts';

it('says who denies what, beside the position, and whose account a position is', async () => {
  await using opened = openTestTracker('2026-02-15T12:00:00Z');
  await opened.tracker.record([
    ...GROUND,
    { ...EXAMPLES.DemandStated.minimal, id: 'said' },
    { ...EXAMPLES.DevelopmentDenied.minimal, id: 'untrue', denies: 'said' },
    {
      ...EXAMPLES.PositionStated.minimal,
      id: 'account',
      issue: 'bridges',
      attribution: 'counterpart',
      statedBy: 'south',
    },
  ]);
  const state = await opened.tracker.state(NEGOTIATION, { standard: 'all' });
  const frame = { title: state.title, view: 'As of today', citation: 'Talks', sources: [], link: 'https://a.example' };
  const rows = parse(matrixCsv(state, frame), { columns: true, relax_column_count: true }) as Record<string, string>[];
  const told = rows.filter(({ party, status }) => party === 'north' && status !== 'none');
  expect(
    told.map(({ status, act, development, statedBy, denies }) => [status, act, development, statedBy, denies]),
  ).toEqual([
    ['held', 'DemandStated', 'said', '', ''],
    ['beside', 'DevelopmentDenied', 'untrue', 'south', 'said'],
    ['held', 'PositionStated', 'account', 'south', ''],
  ]);
});
