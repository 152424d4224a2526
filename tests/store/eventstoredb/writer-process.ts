/** A process of its own that writes events to a log, one append each, and says when it is done. Arguments: address, stream, count. */
import { openEventStoreDb } from '../../../src/store/eventstoredb.ts';
import { numbered } from './numbered.ts';

const [address = '', stream = '', count = '0'] = process.argv.slice(2);
const store = await openEventStoreDb(address);
for (const [index, event] of numbered(Number(count)).entries())
  await store.append(stream, index === 0 ? 'none' : BigInt(index - 1), [event]);
await store.close();
