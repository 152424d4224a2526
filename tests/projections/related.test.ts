/** Which developments speak of which, and all that bears on one. */
import { describe, expect, it } from 'vitest';
import type { RecordDevelopment } from '../../events/index.ts';
import { growRelations, relatedTo, targetsOf } from '../../projections/related.ts';
import { logWith, type Sketch } from '../support/entries.ts';
import { EXAMPLES } from '../support/examples.ts';

describe('what something about the record speaks of', () => {
  it.each([
    ['DevelopmentCorrected', [{ field: 'corrects', id: 'told' }]],
    ['DevelopmentRetracted', [{ field: 'retracts', id: 'told' }]],
    ['DevelopmentCorroborated', [{ field: 'corroborates', id: 'told' }]],
    ['DevelopmentDenied', [{ field: 'denies', id: 'told' }]],
    [
      'DevelopmentMerged',
      [
        { field: 'duplicate', id: 'told-again' },
        { field: 'into', id: 'told' },
      ],
    ],
  ] as const)('is named by %s, with its field', (type, targets) => {
    expect(targetsOf(EXAMPLES[type].minimal as RecordDevelopment)).toEqual(targets);
  });
});

describe('all that bears on a development', () => {
  const said = (id: string): Sketch => ({ id, type: 'StatementIssued', occurred: '2026-02-10', summary: 'Said.' });
  const log = logWith(
    ...['a', 'b', 'c'].map(said),
    { id: 'fixed', type: 'DevelopmentCorrected', corrects: 'a', changes: { summary: 'Said so.' } },
    { id: 'again', type: 'DevelopmentCorroborated', corroborates: 'a' },
    { id: 'never', type: 'DevelopmentRetracted', retracts: 'fixed', reason: 'It was right.' },
    { id: 'same', type: 'DevelopmentMerged', duplicate: 'b', into: 'a' },
  );
  function relatives(...ids: readonly string[]): readonly string[] {
    const relations = growRelations();
    for (const entry of log.entries) relations.add(entry);
    return relatedTo(relations, ids).map(({ development }) => development.id);
  }

  it('is what speaks of it, what speaks of that, and what else these speak of, in the order of the log', () => {
    const family = ['a', 'b', 'fixed', 'again', 'never', 'same'];
    for (const id of family) expect(relatives(id)).toEqual(family);
  });

  it('is itself alone where nothing does, and nothing where it is not on record', () => {
    expect(relatives('c')).toEqual(['c']);
    expect(relatives('c', 'unheard-of')).toEqual(['c']);
  });
});
