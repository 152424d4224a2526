/** JSON Lines in: one JSON object a line. */
import type { Fault } from '../../../events/index.ts';
import type { FaultList } from './faults.ts';
import { jsonFault } from './json-fault.ts';
import type { Block } from './lines.ts';
import type { Row } from './row.ts';

/** What a document over several lines begins with: every line of it would be told as a fault. */
const OPENING = /^\s*(?:\[\s*\{?|\{)\s*$/;

/**
 * The rows of a JSON Lines file. Blank lines are passed over; a line that is not JSON is a fault with its column.
 * @throws DemarcheError `IMPORT_INVALID` for one JSON document over several lines
 */
export async function* readJsonl(blocks: AsyncIterable<Block>, faults: FaultList): AsyncGenerator<Row> {
  let begun = false;
  for await (const { bytes, line } of blocks)
    for (const [index, text] of bytes.toString('utf8').split('\n').entries()) {
      if (text.trim() === '') continue;
      if (!begun && OPENING.test(text)) faults.stop(spread(text, line + index));
      begun = true;
      yield* readLine(text, line + index, faults);
    }
}

const spread = (text: string, line: number): Fault => ({
  field: '',
  line,
  value: text.trim(),
  message:
    'this is JSON over several lines; write each development on a line of its own, as one object, without a list around them',
});

function readLine(text: string, line: number, faults: FaultList): readonly Row[] {
  try {
    return [{ line, written: JSON.parse(text) }];
  } catch {
    const fault = jsonFault(text);
    const at = fault?.at ?? 0;
    faults.add({
      field: '',
      line,
      column: String(at + 1),
      value: text.slice(Math.max(0, at - 20), at + 20).trim(),
      message: fault?.message ?? 'write one JSON object',
    });
    return [];
  }
}
