import { createHash } from 'node:crypto';
import type { NewEvent } from '../../../src/store/port.ts';

/** One append of a writer that may be killed at any moment: made again from its name, so that it can be retried and recognised. */
export interface Batch {
  readonly stream: string;
  readonly number: number;
}

export const batchSize = ({ number }: Batch): number => 1 + (number % 9);

export function batchEvents(batch: Batch): readonly NewEvent[] {
  const size = batchSize(batch);
  return Array.from({ length: size }, (_, index) => ({
    id: uuid(`${batch.stream}/${batch.number}/${index}`),
    type: 'StatementIssued',
    data: { batch: batch.number, index, size, words: 'x'.repeat((batch.number * 37 + index * 11) % 900) },
    metadata: {},
  }));
}

function uuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
