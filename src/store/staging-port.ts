/**
 * A place for what is to be appended later, all of it at once: beside the log and apart from it, on disk, so that what is gathered may be
 * larger than memory. It belongs to one process, nobody else sees it, and it is gone with it.
 */
import type { NewEvent, PreparedEvent } from './port.ts';

export interface StagedEvent extends NewEvent {
  /** ids of the events it speaks of, by which it is found as well */
  readonly about: readonly string[];
}

/** An event found again, and how many were staged before it. */
export interface Staged {
  readonly place: number;
  readonly event: PreparedEvent;
}

export interface Staging {
  /** how many events it holds */
  readonly size: number;
  /** @throws DemarcheError as `EventStore.append` for what no store takes, `STORE_FULL` where the disk of temporary files is full */
  add(events: readonly StagedEvent[]): void;
  /** the events with these ids and those that speak of them, in the order in which they were staged */
  related(ids: readonly string[]): readonly Staged[];
  /** all of them, in that order */
  pages(): Iterable<readonly PreparedEvent[]>;
  close(): void;
}
