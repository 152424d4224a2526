import { randomUUID } from 'node:crypto';
import type { NewEvent } from '../../../src/store/port.ts';

/** Events told apart by a number in their data, for programs that run outside of the test runner. */
export const numbered = (count: number): readonly NewEvent[] =>
  Array.from({ length: count }, (_, number) => ({
    id: randomUUID(),
    type: 'PositionStated',
    data: { number, party: 'northland', issue: 'fishing', stance: 'Only inside the old line.' },
    metadata: {},
  }));
