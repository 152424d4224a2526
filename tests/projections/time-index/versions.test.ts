/** As many versions as there are ways to read a development, and each says all that it stands for. */
import { describe, expect, it } from 'vitest';
import { indexOf } from '../../../projections/time-index/from-entries.ts';
import { hashOf } from '../../../projections/time-index/hash.ts';
import { NONE } from '../../../projections/time-index/rows.ts';
import type { Sketch } from '../../support/entries.ts';
import { confirmed, corrected, denied, logOf, retracted, said } from './small-logs.ts';

const STANCES = ['Open it.', 'Half.', 'All.', 'Wait.'];
const WORDS = new Map(STANCES.map((stance) => [hashOf(stance).low, stance]));

/** The versions of a log in the order in which they were made: what is said where, for whom, since which event and up to which. */
function versionsOf(...sketches: readonly Sketch[]): readonly string[] {
  const entries = logOf(sketches);
  const { rows, cells } = indexOf(entries, 'UTC');
  const { versions } = rows;
  const idOf = (revision = 0) => entries[revision]?.development.id;
  const days = (from = 0, to = 0) => `${dayOf(from)}..${dayOf(to)}`;
  return Array.from({ length: rows.tables.versions.length }, (_, at) => {
    const cell = cells[versions.cell[at] ?? NONE];
    const [from, to] = [versions.knownFrom[at], versions.knownTo[at]];
    const until = versions.until[at];
    return [
      `${idOf(versions.revision[at])} ${cell ? `${cell.party} ${cell.issue}` : 'alone'}:`,
      WORDS.get(versions.stanceLow[at] ?? 0) ?? 'No words.',
      `${days(from, to)} since ${idOf(versions.since[at])}`,
      ...(until === NONE ? [] : [`and ${days(from, versions.knownUntil[at])} since ${idOf(until)}`]),
    ].join(' ');
  });
}

/** What stands for the words of each version, and for all that it says. */
function hashesOf(...sketches: readonly Sketch[]) {
  const { rows } = indexOf(logOf(sketches), 'UTC');
  const { stanceHigh, stanceLow, contentHigh, contentLow } = rows.versions;
  return Array.from({ length: rows.tables.versions.length }, (_, at) => ({
    stance: { high: stanceHigh[at], low: stanceLow[at] },
    content: `${contentHigh[at]} ${contentLow[at]}`,
  }));
}

/** Moments by their day, of which there is one each. */
const dayOf = (moment: number): string => (Number.isFinite(moment) ? new Date(moment).toISOString().slice(5, 10) : '');

const demand = said('a', '2026-02-01');
const joint = said('a', '2026-02-01', { party: undefined, parties: ['north', 'south'] });
const half = (known: string, id = 'b') => corrected(id, 'a', { stance: 'Half.' }, known);
const all = (known: string, id = 'c') => corrected(id, 'a', { stance: 'All.' }, known);

describe('versions', () => {
  it('end one after the other where each correction is known later than the last', () => {
    expect(versionsOf(demand, half('2026-02-20'), all('2026-02-25'))).toEqual([
      'a north river: Open it. 02-01.. since a and 02-01..02-20 since b',
      'a north river: Half. 02-20.. since b and 02-20..02-25 since c',
      'a north river: All. 02-25.. since c',
    ]);
  });

  it('end with a retraction, and begin again where that was taken back', () => {
    expect(versionsOf(demand, retracted('b', 'a', '2026-02-20'), retracted('c', 'b', '2026-02-25'))).toEqual([
      'a north river: Open it. 02-01.. since a and 02-01..02-20 since b',
      'a north river: Open it. 02-25.. since c',
    ]);
  });

  it('go on where a further report changes nothing that is read', () => {
    const sketches = [demand, half('2026-03-05')];
    expect(versionsOf(...sketches, confirmed('c', 'a', '2026-03-06'))).toEqual(versionsOf(...sketches));
    expect(versionsOf(...sketches, confirmed('c', 'a', '2026-03-04'))).toEqual(versionsOf(...sketches));
    expect(versionsOf(...sketches)).toHaveLength(2);
    expect(versionsOf(demand, confirmed('b', 'a', '2026-02-01'))).toHaveLength(1);
  });

  it('are parted by corrections known earlier, each seen as it was from then on', () => {
    const wait = corrected('d', 'a', { stance: 'Wait.' }, '2026-02-10');
    expect(versionsOf(demand, half('2026-02-20'), all('2026-02-15'), wait)).toEqual([
      'a north river: Open it. 02-01.. since a and 02-01..02-01 since b',
      'a north river: Half. 02-20.. since b',
      'a north river: Open it. 02-01..02-20 since b and 02-01..02-01 since c',
      'a north river: All. 02-15..02-20 since c',
      'a north river: Open it. 02-01..02-15 since c and 02-01..02-10 since d',
      'a north river: Wait. 02-10..02-15 since d',
    ]);
  });

  it('are not parted again where nobody sees them any more', () => {
    const [never, wait] = [retracted('d', 'a', '2026-02-01'), corrected('e', 'a', { stance: 'Wait.' }, '2026-02-10')];
    const parted = versionsOf(demand, half('2026-02-20'), all('2026-02-15'), never);
    expect(versionsOf(demand, half('2026-02-20'), all('2026-02-15'), never, wait)).toEqual(parted);
  });

  it('are others where a retraction was taken back before it was known', () => {
    expect(versionsOf(demand, retracted('b', 'a', '2026-02-20'), retracted('c', 'b', '2026-02-10'))).toEqual([
      'a north river: Open it. 02-01.. since a and 02-01..02-01 since b',
      'a north river: Open it. 02-01..02-20 since b and 02-01..02-10 since c',
      'a north river: Open it. 02-10.. since c',
    ]);
  });

  it('that take over from others say what those said', () => {
    const wait = corrected('d', 'a', { stance: 'Wait.' }, '2026-02-10');
    const versions = hashesOf(demand, half('2026-02-20'), all('2026-02-15'), wait);
    const contents = new Map(versions.map(({ stance, content }) => [content, stance]));
    expect(versions.length).toBeGreaterThan(contents.size);
    expect([...contents.values()]).toEqual(STANCES.map(hashOf));
    for (const { stance, content } of versions) expect(stance).toEqual(contents.get(content));
  });

  it('go on after what is known last, also where others were parted by what is known earlier', () => {
    const wait = corrected('d', 'a', { stance: 'Wait.' }, '2026-02-25');
    expect(versionsOf(demand, half('2026-02-20'), all('2026-02-15'), wait)).toEqual([
      'a north river: Open it. 02-01.. since a and 02-01..02-01 since b',
      'a north river: Half. 02-20.. since b and 02-20..02-25 since d',
      'a north river: Open it. 02-01..02-20 since b and 02-01..02-15 since c',
      'a north river: All. 02-15..02-20 since c',
      'a north river: Wait. 02-25.. since d',
    ]);
  });

  it('begin where it is reported earlier than was known, and is counted from then on', () => {
    const late = said('a', '2026-02', { source: { publisher: 'The Herald', published: '2026-02-20' } });
    const [first, second] = [confirmed('b', 'a', '2026-02-15'), confirmed('d', 'a', '2026-02-10')];
    expect(versionsOf(late, first, half('2026-02-25', 'c'), second)).toEqual([
      'a north river: Open it. 02-20.. since a and 02-20..02-20 since b',
      'a north river: Open it. 02-15.. since b and 02-15..02-15 since c',
      'a north river: Half. 02-25.. since c and 02-25..02-25 since d',
      'a north river: Open it. 02-15..02-25 since c and 02-15..02-15 since d',
      'a north river: Open it. 02-10..02-25 since d',
      'a north river: Half. 02-25.. since d',
    ]);
  });

  it('of one are in each of its cells, and move with it', () => {
    const moved = corrected('b', 'a', { parties: ['south', 'league'] }, '2026-02-20');
    const back = corrected('c', 'a', { parties: ['north', 'league'] }, '2026-02-15');
    expect(versionsOf(joint, moved)).toEqual([
      'a north river: Open it. 02-01.. since a and 02-01..02-20 since b',
      'a south river: Open it. 02-01.. since a and 02-01..02-20 since b',
      'a south river: Open it. 02-20.. since b',
      'a league river: Open it. 02-20.. since b',
    ]);
    expect(versionsOf(joint, moved, back)).toEqual([
      'a north river: Open it. 02-01.. since a and 02-01..02-01 since b',
      'a south river: Open it. 02-01.. since a and 02-01..02-01 since b',
      'a south river: Open it. 02-20.. since b',
      'a league river: Open it. 02-20.. since b',
      'a north river: Open it. 02-01..02-20 since b and 02-01..02-15 since c',
      'a south river: Open it. 02-01..02-20 since b and 02-01..02-15 since c',
      'a league river: Open it. 02-15..02-20 since c',
      'a north river: Open it. 02-15..02-20 since c',
    ]);
  });

  it('are one where what is read stays as it was, and two where the same words come back', () => {
    const same = corrected('b', 'a', { stance: 'Open it.' }, '2026-02-20');
    expect(versionsOf(demand, same)).toEqual(['a north river: Open it. 02-01.. since a']);
    expect(versionsOf(demand, same, confirmed('c', 'a', '2026-02-10'))).toEqual([
      'a north river: Open it. 02-01.. since a',
    ]);
    const back = corrected('c', 'a', { stance: 'Open it.' }, '2026-02-22');
    expect(versionsOf(demand, half('2026-02-20'), back)).toEqual([
      'a north river: Open it. 02-01.. since a and 02-01..02-20 since b',
      'a north river: Half. 02-20.. since b and 02-20..02-22 since c',
      'a north river: Open it. 02-22.. since c',
    ]);
  });

  it('of a denial wait for what it denies, and are others where that counts from another day', () => {
    const moved = corrected('c', 'a', { occurred: '2026-02-10' }, '2026-02-20');
    expect(versionsOf(demand, denied('b', 'a', '2026-02-05'), moved)).toEqual([
      'a north river: Open it. 02-01.. since a and 02-01..02-20 since c',
      'b alone: No words. 02-05.. since b',
      'b north river: No words. 02-05.. since b and 02-05..02-20 since c',
      'a north river: Open it. 02-20.. since c',
      'b north river: No words. 02-20.. since c',
    ]);
    expect(versionsOf(demand, denied('b', 'a', '2026-02-05'), moved, half('2026-02-10', 'd'))).toEqual([
      'a north river: Open it. 02-01.. since a and 02-01..02-01 since c',
      'b alone: No words. 02-05.. since b',
      'b north river: No words. 02-05.. since b and 02-05..02-20 since c',
      'a north river: Open it. 02-20.. since c and 02-20..02-20 since d',
      'b north river: No words. 02-20.. since c',
      'a north river: Open it. 02-01..02-20 since c and 02-01..02-10 since d',
      'a north river: Half. 02-10..02-20 since d',
      'a north river: Half. 02-20.. since d',
    ]);
  });
});
