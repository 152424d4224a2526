/** What a tracker is asked, and what it answers. */
import type { Observable } from 'rxjs';
import type { Development, DevelopmentInput, ErrorCode } from '../../events/index.ts';
import type {
  CellTimeline,
  Change,
  ChronicleEntry,
  Difference,
  Filter,
  HistoryEntry,
  Standard,
  State,
} from '../../projections/index.ts';
import type { EventStore, Position } from '../store/port.ts';
import type { ChroniclePage, PageQuery } from './chronicle.ts';
import type { ChangeFilter } from './feed.ts';
import type { DiffView, View } from './gates.ts';
import type { Following } from './log/follower.ts';
import type { Snapshots } from './log/snapshot.ts';
import type { Excerpt } from './reader.ts';
import type { Batch } from './recording/batch.ts';
import type { Recording } from './recording/recorder.ts';
import type { Checked, Rehearsal } from './recording/rehearsal.ts';
import type { StateText } from './text/state-text.ts';

export interface TrackerOptions {
  readonly store: EventStore;
  /** milliseconds since 1970; default: the machine's clock */
  readonly now?: () => number;
  /** where indexes are kept between runs; default: nowhere, each log is read from its start */
  readonly snapshots?: Snapshots;
}

export interface NegotiationSummary {
  readonly negotiation: string;
  readonly title: string;
  readonly timeZone: string;
  readonly developments: number;
  readonly parties: readonly string[];
  readonly issues: readonly string[];
  readonly revision: string;
  /** why it cannot be read here; null where it can */
  readonly failure: { readonly code: ErrorCode; readonly message: string } | null;
}

export interface Tracker {
  /**
   * Records one development or several of one negotiation: all of them or none. What is on record already adds nothing.
   * @throws DemarcheError with every fault, and nothing is written
   */
  record(input: DevelopmentInput | readonly DevelopmentInput[], options?: { readonly by?: string }): Promise<Recording>;
  /** Begins a batch of any size, decided on page by page and recorded at once. @throws as `record` for a log that cannot be read */
  batch(negotiation: string, options?: { readonly by?: string | undefined }): Promise<Batch>;
  /** Everything `record` checks, and nothing written. @throws as `record` */
  check(input: unknown): Promise<Checked>;
  /** The same, and how positions would change. @throws as `record` */
  rehearse(input: unknown, standard?: Standard): Promise<Rehearsal>;
  /** The state of a negotiation through the gates. @throws DemarcheError `NEGOTIATION_UNKNOWN`, `GATE_INVALID`, `CELL_UNKNOWN` */
  state(negotiation: string, view?: View & Filter): Promise<State>;
  /** The same as JSON in UTF-8, which costs less to put together than to write. @throws as `state` */
  stateText(negotiation: string, view?: View & Filter): Promise<StateText & Pick<State, 'gates'>>;
  /** The same but for what anybody stated, of which nothing is read. @throws as `state` */
  proceedings(negotiation: string, view?: View): Promise<Omit<State, 'positions' | 'possiblyByThen'>>;
  /** How one party's stance on one issue evolved, oldest first. @throws as `state` */
  history(
    negotiation: string,
    cell: { readonly party: string; readonly issue: string },
    view?: View,
  ): Promise<readonly HistoryEntry[]>;
  /** What moved between two dates. @throws as `state`, and `GATE_INVALID` naming both where the first lies after the second */
  diff(negotiation: string, view: DiffView & Filter): Promise<readonly Difference[]>;
  /** The moments that two dates mean, in milliseconds since 1970. @throws as `diff` */
  span(negotiation: string, view: DiffView & Filter): Promise<{ readonly from: number; readonly to: number }>;
  /** Every development in the order in which it counts. @throws as `state` */
  chronicle(negotiation: string, view?: View): Promise<readonly ChronicleEntry[]>;
  /** The same page by page, each read on its own. @throws as `state`, and `REQUEST_INVALID` for an `after` that is not in the view */
  chroniclePage(negotiation: string, view: View, query: PageQuery): Promise<ChroniclePage>;
  /** What a state tells beside positions (who takes part, rounds, plans, outcomes), with all that was said about it. @throws as `state` */
  surroundings(negotiation: string, view?: View): Promise<Excerpt>;
  /** What was recorded last. @throws as `state` */
  lastRecorded(negotiation: string, count: number): Promise<Excerpt>;
  /**
   * What each cell held from each moment at which that changed, cell by cell; with `then`, as each moment was known then. `asOf` has no
   * meaning here. @throws as `state`
   */
  timelines(negotiation: string, view?: Omit<View, 'asOf'> & Filter): AsyncIterable<CellTimeline>;
  /** Every development as it was recorded, in the order of the log. @throws DemarcheError `NEGOTIATION_UNKNOWN` */
  developments(negotiation: string): Promise<readonly Development[]>;
  /** The same, read as they are taken: a log of any size takes the memory of a page. @throws as `developments`, before the first is read */
  developmentsUntilNow(negotiation: string): Promise<AsyncIterable<Development>>;
  negotiations(): Promise<readonly NegotiationSummary[]>;
  /**
   * The position changes after a cursor (absent: from the start), oldest first.
   * @throws as `state`, `REQUEST_INVALID` for what is no cursor or no effect, `POSITION_NOT_REACHED` for a cursor that the log has not come to
   */
  changes(negotiation: string, query?: ChangeQuery & { readonly limit?: number }): Promise<readonly Change[]>;
  /** The newest position changes, the newest first. @throws as `changes` */
  newestChanges(
    negotiation: string,
    query: Omit<ChangeQuery, 'after'> & { readonly limit: number },
  ): Promise<readonly Change[]>;
  /** The position changes as far as they go now, one by one: pulled, so that a reader may take its time over a long log. @throws as `changes` */
  changesUntilNow(negotiation: string, query?: ChangeQuery): AsyncIterable<Change>;
  /**
   * The position changes after a cursor (absent: from now on), and then those that come, each once. Pulled; ends with the signal, and when
   * the tracker is closed. On a tracker that never called `follow()`, what comes is what this tracker records, and what others recorded as
   * soon as it reads again.
   * @throws as `changes`, also while it runs: what keeps the log from being read; `STORE_CLOSED` where it begins after `close`
   */
  changesFrom(negotiation: string, query?: ChangeQuery, signal?: AbortSignal): AsyncIterable<Change>;
  /** The same as an Observable, which completes when the tracker is closed; unsubscribing ends it. */
  changes$(negotiation: string, query?: ChangeQuery): Observable<Change>;
  /** The changes as they come, one Observable shared by all who ask for the same negotiation and standard; it ends as `changes$` does. */
  live$(negotiation: string, standard?: Standard): Promise<Observable<Change>>;
  /** Begins to keep up with the store in the background: reads are then answered from memory, and changes seen whoever records them. */
  follow(): void;
  status(): Following & {
    /** a log turned out to be damaged after answers were given from it; it is refused from then on, whatever somebody kept of it */
    readonly damaged: boolean;
  };
  /**
   * Read your own writes: waits until everything up to a position is applied here, whoever wrote it.
   * @throws DemarcheError `POSITION_NOT_REACHED` after `milliseconds`
   */
  reached(position: Position, milliseconds: number): Promise<void>;
  /** Ends what follows the changes, and closes the store as well. */
  close(): Promise<void>;
}

export interface ChangeQuery extends ChangeFilter {
  /** where an earlier reading stopped: the cursor of its last change, or a log position */
  readonly after?: string | undefined;
  readonly standard?: Standard | undefined;
}
