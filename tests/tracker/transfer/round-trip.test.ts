import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEVELOPMENT_TYPES, type Development } from '../../../events/index.ts';
import { TRANSFER_FORMATS, type TransferFormat } from '../../../src/tracker/transfer/index.ts';
import { developmentOf, log } from './arbitrary.ts';
import { bytes, heldIn, importText, itemsOf, openEmpty, textOf } from './support.ts';

const withIds = (developments: readonly object[]): readonly Development[] =>
  developments.map((one, index) => ({ ...one, id: `x${index}` }) as Development);

/** What a file says, written again. */
async function again(format: TransferFormat, text: string, size: number): Promise<string> {
  const items = await itemsOf(bytes(text, size), { fileName: `log.${format}` });
  return textOf(
    format,
    items.map(({ development }) => development as Development),
  );
}

describe.each(TRANSFER_FORMATS)('%s', (format) => {
  test.each(DEVELOPMENT_TYPES)('%s comes back to the letter, whatever its fields hold', async (type) => {
    const some = fc.array(developmentOf(type), { minLength: 1, maxLength: 5 }).map(withIds);
    await fc.assert(
      fc.asyncProperty(some, fc.integer({ min: 1, max: 300 }), async (developments, size) => {
        const text = await textOf(format, developments);
        expect(await again(format, text, size)).toBe(text);
      }),
      { numRuns: 40 },
    );
  });

  test('a log exported, imported into an empty store and exported again is the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(log, async (developments) => {
        await using first = openEmpty();
        await first.tracker.record(developments);
        const text = await textOf(format, await first.tracker.developments('strait'));
        await using second = openEmpty();
        const report = await importText(second, text, { fileName: `log.${format}` });
        expect(report).toMatchObject({ read: developments.length, added: developments.length, known: 0, declared: 0 });
        expect(await textOf(format, await second.tracker.developments('strait'))).toBe(text);
        const held = await heldIn(first);
        expect(held).toHaveLength(developments.length);
        expect(await heldIn(second)).toEqual(held);
        expect(await importText(first, text, { fileName: `log.${format}` })).toMatchObject({ added: 0, declared: 0 });
      }),
      { numRuns: 40 },
    );
  });
});

test('both formats say the same', async () => {
  await fc.assert(
    fc.asyncProperty(log, async (developments) => {
      const given = withIds(developments);
      const read = async (format: TransferFormat) =>
        itemsOf(bytes(await textOf(format, given)), { fileName: `log.${format}` });
      const [fromJsonl, fromCsv] = [await read('jsonl'), await read('csv')];
      expect(fromCsv.map(({ development }) => development)).toEqual(fromJsonl.map(({ development }) => development));
    }),
    { numRuns: 40 },
  );
});
