import { comparePositions, type Position, type RecordedEvent } from './port.ts';

/** The names of the streams, gathered from whatever reads the log from its beginning: the server keeps no list of ours. */
export interface Names {
  /** up to where the log has been looked through without a gap */
  readonly upTo: Position | undefined;
  readonly sorted: readonly string[];
  /** Somebody begins to read after a position, and tells each event that comes. */
  readingAfter(after: Position | undefined): (event: RecordedEvent) => void;
}

export function createNames(): Names {
  const known = new Set<string>();
  let upTo: Position | undefined;
  const reached = (position: Position): boolean => upTo !== undefined && comparePositions(position, upTo) <= 0;
  return {
    get upTo() {
      return upTo;
    },
    get sorted() {
      return [...known].sort();
    },
    readingAfter(after) {
      const withoutGap = after === undefined || reached(after);
      return ({ stream, position }) => {
        known.add(stream);
        if (withoutGap && !reached(position)) upTo = position;
      };
    },
  };
}
