/** Developments as text, in pieces: JSON Lines or CSV. The same developments in the same order are the same bytes. */
import { stringify } from 'csv-stringify/sync';
import type { Development } from '../../../events/index.ts';
import { nextTurn, pagesOf } from '../log/turns.ts';
import { COLUMN_NAMES, cellsOf } from './columns.ts';
import { inCatalogueOrder } from './order.ts';

export type Developments = Iterable<Development> | AsyncIterable<Development>;

/** So many developments make one piece of text: some hundred kilobytes. */
const TOGETHER = 256;

/** Developments as JSON Lines: one JSON object a line, its fields in the order of the catalogue. */
export const exportJsonl = (developments: Developments): AsyncIterable<string> =>
  inPieces(developments, (some) => some.map((one) => `${JSON.stringify(inCatalogueOrder(one))}\n`).join(''));

/**
 * Developments as CSV (RFC 4180, but with "\n"): one header for all types, one development a row. Cells hold what is on record to the
 * letter, also where it begins with "=".
 */
export async function* exportCsv(developments: Developments): AsyncGenerator<string> {
  yield stringify([COLUMN_NAMES]);
  yield* inPieces(developments, (some) => stringify(some.map((one) => cellsOf(inCatalogueOrder(one)))));
}

async function* inPieces(
  developments: Developments,
  write: (some: readonly Development[]) => string,
): AsyncGenerator<string> {
  for await (const some of pagesOf(developments, TOGETHER)) {
    yield write(some);
    // A long export gives way to everything else between its pieces.
    await nextTurn();
  }
}
