/** A process that copies a log into another, saying how far it is, until it is done or killed: copier.ts <from> <to> */
import { writeSync } from 'node:fs';
import { copyLog } from '../../src/store/copy.ts';
import { openStore } from '../../src/store/open.ts';

const [source = '', target = ''] = process.argv.slice(2);
const [from, to] = [await openStore(source), await openStore(target)];
writeSync(1, 'begin copy 0\n');
await copyLog({ from, to, onProgress: ({ phase, events }) => writeSync(1, `${phase} copy ${events}\n`) });
writeSync(1, 'done copy 0\n');
await Promise.all([from.close(), to.close()]);
