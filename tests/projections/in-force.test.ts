/** The rows of a history that are in force: which are ended, and how many are looked at for it. */
import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../projections/answers.ts';
import { type Row, rowsInForce } from '../../projections/in-force.ts';
import type { Points } from '../../projections/positions.ts';

const entryWith = (status: HistoryEntry['status']) => ({ status }) as HistoryEntry;
const row = (about: Points, { status = 'in-force' as HistoryEntry['status'], withdraws = false } = {}): Row => ({
  entry: entryWith(status),
  about,
  withdraws,
});

/** What becomes of rows, all of them taken in, when some points end. */
function ended(rows: readonly Row[], ends: Points, status: 'superseded' | 'withdrawn' = 'superseded') {
  const inForce = rowsInForce();
  for (const one of rows) inForce.add(one);
  inForce.end(ends, status);
  return rows.map(({ entry }) => entry.status);
}

describe('rows in force', () => {
  it('end with the points they are about, and no others', () => {
    expect(ended([row(['main']), row(['side']), row(['main'])], ['main'])).toEqual([
      'superseded',
      'in-force',
      'superseded',
    ]);
    expect(ended([row(['main']), row(['side'])], null, 'withdrawn')).toEqual(['withdrawn', 'withdrawn']);
    expect(ended([row(['main']), row(['side'])], [])).toEqual(['in-force', 'in-force']);
  });

  it('that are about all points end with any of them, and those about none never do', () => {
    expect(ended([row(null), row([])], ['side'])).toEqual(['superseded', 'in-force']);
    expect(ended([row(null), row([])], null)).toEqual(['superseded', 'in-force']);
  });

  it('keep what else became of them, and a withdrawal is superseded by whatever comes', () => {
    expect(ended([row(['main'], { status: 'corrected' }), row(null, { withdraws: true })], null, 'withdrawn')).toEqual([
      'corrected',
      'superseded',
    ]);
  });

  it('are looked at once each, however many ended before', () => {
    const inForce = rowsInForce();
    let looks = 0;
    for (let number = 0; number < 1_000; number += 1) {
      let entry = entryWith('in-force');
      inForce.add({
        get entry() {
          looks += 1;
          return entry;
        },
        set entry(next) {
          entry = next;
        },
        about: ['main'],
        withdraws: false,
      });
      inForce.end(['main'], 'superseded');
    }
    expect(looks).toBeLessThanOrEqual(3_000);
  });
});
