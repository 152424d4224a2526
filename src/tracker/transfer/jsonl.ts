/** JSON Lines in: one JSON object a line. */
import type { FaultList } from './faults.ts';
import { jsonFault } from './json-fault.ts';
import type { Block } from './lines.ts';
import type { Row } from './row.ts';

/** The rows of a JSON Lines file. Blank lines are passed over; a line that is not JSON is a fault with its column. */
export async function* readJsonl(blocks: AsyncIterable<Block>, faults: FaultList): AsyncGenerator<Row> {
  for await (const { bytes, line } of blocks)
    for (const [index, text] of bytes.toString('utf8').split('\n').entries())
      if (text.trim() !== '') yield* readLine(text, line + index, faults);
}

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
