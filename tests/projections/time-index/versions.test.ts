/** As many versions as there are ways to read a development, and each says all that it stands for. */
import { describe, expect, it } from 'vitest';
import { indexOf } from '../../../projections/time-index/from-entries.ts';
import { hashOf } from '../../../projections/time-index/hash.ts';
import type { Sketch } from '../../support/entries.ts';
import { confirmed, corrected, logOf, said } from './small-logs.ts';

/** What is said by each version of a log, in the order in which they were made. */
function versionsOf(...sketches: readonly Sketch[]) {
  const { rows } = indexOf(logOf(sketches), 'UTC');
  const { stanceHigh, stanceLow, contentHigh, contentLow } = rows.versions;
  return Array.from({ length: rows.tables.versions.length }, (_, at) => ({
    stance: { high: stanceHigh[at], low: stanceLow[at] },
    content: `${contentHigh[at]} ${contentLow[at]}`,
  }));
}

describe('versions', () => {
  it('go on where a further report changes nothing that is read', () => {
    const sketches = [said('a', '2026-02-01'), corrected('b', 'a', { stance: 'Half.' }, '2026-03-05')];
    expect(versionsOf(...sketches, confirmed('c', 'a', '2026-03-06'))).toEqual(versionsOf(...sketches));
    expect(versionsOf(...sketches)).toHaveLength(2);
  });

  it('that take over from others say what those said', () => {
    const versions = versionsOf(
      ...[said('a', '2026-02-01'), corrected('b', 'a', { stance: 'Half.' }, '2026-02-20')],
      ...[
        corrected('c', 'a', { stance: 'All.' }, '2026-02-15'),
        corrected('d', 'a', { stance: 'Wait.' }, '2026-02-10'),
      ],
    );
    const contents = new Map(versions.map(({ stance, content }) => [content, stance]));
    expect(versions.length).toBeGreaterThan(contents.size);
    expect([...contents.values()]).toEqual(['Open it.', 'Half.', 'All.', 'Wait.'].map(hashOf));
    for (const { stance, content } of versions) expect(stance).toEqual(contents.get(content));
  });
});
