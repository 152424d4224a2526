import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { openTracker } from '../../../src/tracker/index.ts';
import { exportCsv, exportJsonl, importInto } from '../../../src/tracker/transfer/index.ts';
import { DECLARED, demand, itemsOf } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'demarche-scale-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DEMANDS = 100_000;

function* file(): Generator<Uint8Array> {
  for (const one of DECLARED) yield Buffer.from(`${JSON.stringify(one)}\n`);
  for (let index = 0; index < DEMANDS; ) {
    let text = '';
    for (; text.length < 65_536 && index < DEMANDS; index++) {
      const day = new Date(Date.UTC(2015, 0, 1 + (index % 3650))).toISOString().slice(0, 10);
      text += `${demand({ party: index % 2 ? 'northland' : 'southland', occurred: day, stance: `Statement ${index}: no boats.` })}\n`;
    }
    yield Buffer.from(text);
  }
}

/** Takes bytes as they are written, and keeps none of them. */
async function* encoded(text: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const piece of text) yield Buffer.from(piece);
}

test('a hundred thousand developments go in with their progress shown, and come out in both formats', async () => {
  const path = join(folder, 'large.db');
  const tracker = openTracker({ store: openSqliteStore({ path }) });
  const shown: number[] = [];
  const report = await importInto(tracker, file(), {
    fileName: 'large.jsonl',
    onProgress: (one) => shown.push(one.developments),
  });
  const all = DEMANDS + DECLARED.length;
  expect(report).toMatchObject({ read: all, added: all, known: 0 });
  expect(shown.length).toBeGreaterThan(100);
  expect(shown).toEqual(shown.toSorted((a, b) => a - b));
  expect(shown.at(-1)).toBe(all);

  const developments = await tracker.developments('strait');
  for (const [fileName, text] of [
    ['a.jsonl', exportJsonl(developments)],
    ['a.csv', exportCsv(developments)],
  ] as const) {
    const items = await itemsOf(encoded(text), { fileName });
    expect(items.length).toBe(all);
    expect(items.at(-1)?.development).toEqual(developments.at(-1));
  }
  await tracker.close();
}, 300_000);
