/**
 * A process that writes without end until it is killed: writer.ts <record|import> <path> <name>
 * Says on its standard output, before the next thing happens, what it begins and what was acknowledged: "begin <writer> <number>".
 */
import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { importInto } from '../../src/tracker/transfer/index.ts';
import { batchOf, IMPORTED, recordedSize } from './batches.ts';

const [kind = '', path = '', name = '', last = '1000000'] = process.argv.slice(2);
const tracker = openTracker({ store: openSqliteStore({ path, patience: 30_000 }) });
const say = (word: string, writer: string, number: number): unknown => writeSync(1, `${word} ${writer} ${number}\n`);

async function write(writer: string, one: (writer: string, number: number) => Promise<unknown>): Promise<void> {
  for (let number = 0; number < Number(last); number += 1) {
    say('begin', writer, number);
    await one(writer, number);
    say('done', writer, number);
  }
}

const record = (writer: string, number: number) => tracker.record(batchOf(writer, number, recordedSize(number)));
const importFile = (writer: string, number: number) => {
  const text = batchOf(writer, number, IMPORTED)
    .map((one) => `${JSON.stringify(one)}\n`)
    .join('');
  return importInto(tracker, [Buffer.from(text)], { fileName: 'strait.jsonl' });
};

await (kind === 'record'
  ? Promise.all(['a', 'b', 'c'].map((letter) => write(`${name}${letter}`, record)))
  : write(name, importFile));
await tracker.close();
