// Appends without end, from several writers at once, until it is killed: appender.ts <path> <name> <writers>
// Says on its standard output, before the next thing happens, what it begins and what was acknowledged.
import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { batchEvents } from './batches.ts';

const [path = '', name = '', writers = '1'] = process.argv.slice(2);
const say = (word: string, writer: number, number: number): unknown => writeSync(1, `${word} ${writer} ${number}\n`);

say('open', 0, 0);
const store = openSqliteStore({ path });

async function write(writer: number): Promise<never> {
  const stream = `negotiation-${name}-${writer}`;
  let expected: 'none' | bigint = 'none';
  for (let number = 0; ; number += 1) {
    say('begin', writer, number);
    expected = (await store.append(stream, expected, batchEvents({ stream, number }))).revision;
    say('done', writer, number);
  }
}

await Promise.all(Array.from({ length: Number(writers) }, (_, writer) => write(writer)));
