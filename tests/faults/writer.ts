/**
 * A process that writes without end until it is killed: writer.ts <record|import> <path> <name> [<how many batches>]
 * It keeps snapshots beside the log, written again and again.
 * Says on its standard output, before the next thing happens, what it begins and what was acknowledged: "begin <writer> <number>".
 */
import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { importInto } from '../../src/tracker/transfer/index.ts';
import { batchOf, IMPORTED, recordedSize } from './batches.ts';
import { openWithSnapshots } from './snapshots.ts';

const [kind = '', path = '', name = '', last = '1000000'] = process.argv.slice(2);
const store = openSqliteStore({ path, patience: 30_000 });
const tracker = openWithSnapshots(store, path, (what) => process.stderr.write(`${what}\n`));
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
