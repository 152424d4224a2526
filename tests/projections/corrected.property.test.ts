/** What is known to be whole is corrected as everything is: only its words are held to the catalogue, and all of it comes out the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Development } from '../../events/index.ts';
import { corrected, vouchFor } from '../../projections/corrected.ts';
import { recordSteps } from '../support/recording.ts';
import { story, told } from '../support/stories.ts';
import { RUNS } from './judge.ts';

const copyOf = (development: Development): Development => JSON.parse(JSON.stringify(development));

const words = fc.constantFrom('Only by day.', ' ', '', 'x'.repeat(4000), 'x'.repeat(4001), 'a\u0000b', 'a\ud800b');
const dates = fc.constantFrom('2026-02-26', '../2026-02-13', '2026-02-30', 'in spring', '2026-02-26T14:05:00+03:00');
const others = fc.constantFrom(null, 7, true, ['words'], { text: 'words' });
const changes = fc
  .record(
    {
      stance: fc.oneof({ weight: 5, arbitrary: words }, others),
      summary: fc.oneof({ weight: 5, arbitrary: words }, others),
      note: fc.oneof({ weight: 5, arbitrary: words }, others),
      occurred: fc.oneof({ weight: 5, arbitrary: dates }, others),
      party: fc.constantFrom('ada', 'Ada'),
      unheardOf: words,
    },
    { requiredKeys: [] },
  )
  .filter((fields) => Object.keys(fields).length > 0);

describe('a correction of what is known to be whole', () => {
  it('leaves what checking all of it leaves, to the letter, also on top of another', async () => {
    await fc.assert(
      fc.asyncProperty(story(20), fc.array(changes, { minLength: 1, maxLength: 4 }), async (one, corrections) => {
        await using recorded = await recordSteps(told(one));
        for (const { development } of recorded.entries) {
          let vouched = copyOf(development);
          let plain = copyOf(development);
          vouchFor(vouched);
          for (const one of corrections) {
            const found = corrected(vouched, { changes: one });
            const expected = corrected(plain, { changes: { ...one } });
            expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
            vouched = found ?? vouched;
            // Nothing is known of what was read back.
            plain = expected ? copyOf(expected) : plain;
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    [{ stance: 'Only by day.' }, true],
    [{ occurred: '2026-02-30' }, false],
    [{ summary: 'Positions have none.' }, false],
    [{ stance: null }, false],
  ])('by %j leaves a whole development or none', (fields, isWhole) => {
    const development: Development = {
      ...{ id: 'D-1', negotiation: 'talks', type: 'DemandStated', occurred: '2026-02-26', party: 'ada' },
      ...{ issue: 'border', stance: 'Open it.', replaces: 'point', attribution: 'narrative', schemaVersion: 2 },
      source: { publisher: 'The Gazette', reliability: 'F', credibility: 6 },
    };
    vouchFor(development);
    expect(corrected(development, { changes: fields })).toEqual(isWhole ? { ...development, ...fields } : null);
  });
});
