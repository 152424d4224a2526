/** A file is decided on in pages of 500 rows: that makes no difference but to memory. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { type Development, type Fault, isDemarcheError } from '../../../events/index.ts';
import type { EventStore } from '../../../src/store/port.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { openTracker } from '../../../src/tracker/index.ts';
import { importInto } from '../../../src/tracker/transfer/index.ts';
import { developments } from '../../bench/data.ts';
import { bytes, DECLARED, demand, jsonl } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'demarche-pages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILE = 'talks.jsonl';
const now = () => Date.UTC(2027, 0, 1);
const trackerOn = (path: string) => openTracker({ store: openSqliteStore({ path, clock: now }), now });
const textOf = (all: readonly Development[]): string => jsonl(...all.map((one) => JSON.stringify(one)));

/** Some thousand developments of which many speak of others, some of them wrongly. */
const INVENTED = Array.from(developments(12_000, 5), ({ development }) => development);

/** What is wrong when all of it is decided on together. */
async function faultsTogether(all: readonly Development[]): Promise<readonly Fault[]> {
  const tracker = trackerOn(':memory:');
  try {
    await tracker.check(all);
    return [];
  } catch (error) {
    if (!isDemarcheError(error)) throw error;
    return error.faults;
  } finally {
    await tracker.close();
  }
}

test('the same is refused, on its line, as where all is decided on together', async () => {
  const together = await faultsTogether(INVENTED);
  expect(together.length).toBeGreaterThan(20);
  const tracker = trackerOn(join(folder, 'refused.db'));
  const error = await importInto(tracker, bytes(textOf(INVENTED)), { fileName: FILE }).catch((reason) => reason);
  expect(error).toMatchObject({
    code: 'IMPORT_INVALID',
    more: together.length - 20,
    faults: together.slice(0, 20).map(({ index = 0, field, message }) => ({ line: index + 1, field, message })),
  });
  expect(await tracker.negotiations()).toEqual([]);
  await tracker.close();
});

test('the same is recorded as where all is recorded together, in one go or in two', async () => {
  const wrong = new Set((await faultsTogether(INVENTED)).map(({ index }) => index));
  const whole = INVENTED.filter((_, index) => !wrong.has(index));
  expect(await faultsTogether(whole)).toEqual([]);
  const one = trackerOn(join(folder, 'one.db'));
  const two = trackerOn(join(folder, 'two.db'));
  await importInto(one, bytes(textOf(whole)), { fileName: FILE });
  await importInto(two, bytes(textOf(whole.slice(0, 2_300))), { fileName: FILE });
  await importInto(two, bytes(textOf(whole)), { fileName: FILE });
  for (const tracker of [one, two]) {
    expect(await tracker.developments('bench')).toEqual(whole);
    expect(await importInto(tracker, bytes(textOf(whole)), { fileName: FILE, declare: true })).toMatchObject({
      read: whole.length,
      known: whole.length,
      declared: 0,
      position: String(whole.length),
    });
    await tracker.close();
  }
});

const demands = (count: number) =>
  jsonl(...Array.from({ length: count }, (_, index) => demand({ id: `D-${index}`, stance: `Statement ${index}.` })));

/** A log with its declarations, and a file that somebody else records beside while it is read. */
async function disturbed(path: string) {
  const mine = trackerOn(path);
  const theirs = trackerOn(path);
  await mine.record(DECLARED);
  const text = demands(1_200);
  const half = text.indexOf('\n', text.length / 2) + 1;
  let readings = 0;
  async function* file() {
    readings += 1;
    yield Buffer.from(text.slice(0, half));
    if (readings === 1) await theirs.record(JSON.parse(demand({ id: 'D-1100', stance: 'Statement 1100.' })));
    yield Buffer.from(text.slice(half));
  }
  const close = async () => {
    await mine.close();
    await theirs.close();
  };
  return { mine, file, readings: () => readings, close };
}

test('where somebody else records in the negotiation meanwhile, the file is read and decided on again', async () => {
  const { mine, file, readings, close } = await disturbed(join(folder, 'disturbed.db'));
  expect(await importInto(mine, file, { fileName: FILE })).toMatchObject({ read: 1_200, added: 1_199, known: 1 });
  expect(readings()).toBe(2);
  expect(await mine.developments('strait')).toHaveLength(1_204);
  await close();
});

test('what comes only once is refused then, with nothing written, and may be sent again', async () => {
  const { mine, file, close } = await disturbed(join(folder, 'once.db'));
  const options = { fileName: FILE };
  await expect(importInto(mine, file(), options)).rejects.toMatchObject({ code: 'WRONG_EXPECTED_REVISION' });
  expect(await mine.developments('strait')).toHaveLength(5);
  expect(await importInto(mine, file(), options)).toMatchObject({ added: 1_199 });
  await close();
});

test('a store that takes no pages is given all of it in one append', async () => {
  const { appendPages: _, ...store } = openSqliteStore({ path: join(folder, 'together.db') });
  const sizes: number[] = [];
  const counting: EventStore = {
    ...store,
    append(stream, expected, events) {
      sizes.push(events.length);
      return store.append(stream, expected, events);
    },
  };
  const tracker = openTracker({ store: counting, now });
  expect(
    await importInto(tracker, bytes(textOf([...DECLARED] as Development[]) + demands(1_200)), { fileName: FILE }),
  ).toMatchObject({
    added: 1_204,
  });
  expect(sizes).toEqual([1_204]);
  await tracker.close();
});

test('a file goes in through much less memory than its developments take', async () => {
  const file = join(folder, 'large.jsonl');
  const LINES = 150_000;
  for (let from = 0; from < LINES; from += 10_000) {
    const made = Array.from({ length: 10_000 }, (_, index) => {
      const number = from + index;
      // Now and then something speaks of what lies far behind.
      if (number % 1_000 !== 999) return demand({ id: `D-${number}`, stance: `Statement ${number}: no boats.` });
      const corrects = `D-${Math.floor(number / 2) - (Math.floor(number / 2) % 1_000)}`;
      return JSON.stringify({
        ...{ id: `C-${number}`, negotiation: 'strait', type: 'DevelopmentCorrected', corrects },
        ...{ changes: { stance: `As corrected by ${number}.` }, source: { publisher: 'The Gazette' } },
      });
    });
    appendFileSync(file, (from === 0 ? textOf([...DECLARED] as Development[]) : '') + jsonl(...made));
  }
  const path = join(folder, 'large.db');
  // Developments take a kilobyte each in memory: a hundred thousand of them would be more than twice this.
  const importer = fileURLToPath(new URL('importer.ts', import.meta.url));
  const child = spawn(process.execPath, ['--max-old-space-size=48', importer, path, file], { stdio: 'ignore' });
  expect(await once(child, 'exit')).toEqual([0, null]);
  const tracker = trackerOn(path);
  expect(await tracker.negotiations()).toMatchObject([{ developments: LINES + DECLARED.length }]);
  await tracker.close();
}, 300_000);
