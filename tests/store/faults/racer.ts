// Appends so many events to a stream that others write to as well, each at the revision it finds: racer.ts <path> <stream> <name> <count>
import { isDemarcheError } from '../../../events/errors.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { batchEvents } from './batches.ts';

const [path = '', stream = '', name = '', count = '0'] = process.argv.slice(2);
const store = openSqliteStore({ path, patience: 30_000 });
let last: bigint | undefined;

for (let number = 0; number < Number(count); ) {
  for await (const { revision } of store.readStream(stream, { from: last ?? 0n })) last = revision;
  const events = batchEvents({ stream: `${stream}-${name}`, number });
  try {
    last = (await store.append(stream, last ?? 'none', events)).revision;
    number += 1;
  } catch (error) {
    if (!isDemarcheError(error) || error.code !== 'WRONG_EXPECTED_REVISION') throw error;
  }
}
await store.close();
