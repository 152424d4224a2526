/** Keeping up with a store in the background, so that reads are answered from memory, also while its server is away. */
import { setTimeout as pause } from 'node:timers/promises';
import { BehaviorSubject, filter, firstValueFrom, map, timeout } from 'rxjs';
import { refusal } from '../../../events/errors.ts';
import {
  comparePositions,
  type EventStore,
  type Position,
  type RecordedEvent,
  type StoreStatus,
} from '../../store/port.ts';

export interface Following {
  readonly following: boolean;
  /** the position up to which everything is applied here; null: nothing yet */
  readonly applied: Position | null;
  /** everything recorded before it last caught up is applied, and the store is there */
  readonly ready: boolean;
  /** since when this process may be behind, milliseconds since 1970; null while it is not */
  readonly staleSince: number | null;
  readonly store: StoreStatus;
  readonly lastError: string | null;
}

export interface Follower {
  start(): void;
  status(): Following;
  /** Does memory hold the log, as far as anybody here can know? While it keeps up; and while the store is away, once it did. */
  inMemory(): boolean;
  /** Waits until everything up to a position is applied. @throws DemarcheError `POSITION_NOT_REACHED` after `milliseconds` */
  reached(position: Position, milliseconds: number): Promise<void>;
  stop(): void;
}

/** How long to wait before following again after a failure that the store does not mend by itself. */
const AGAIN_MS = 1000;

/**
 * @param begin reads what there is, in its own way, and says up to which position: from there on events are applied one by one
 */
export function follower(
  store: EventStore,
  begin: () => Promise<Position | null>,
  apply: (event: RecordedEvent) => Promise<void>,
  now: () => number,
): Follower {
  const applied$ = new BehaviorSubject<Position | null>(null);
  const stopping = new AbortController();
  let following = false;
  let caughtUp = false;
  let caughtUpOnce = false;
  let behindSince = now();
  let lastError: string | null = null;

  async function follow(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if (applied$.value === null) applied$.next(await begin());
        const after = applied$.value;
        const messages = store.subscribe({ signal: stopping.signal, ...(after === null ? {} : { after }) });
        for await (const message of messages) {
          switch (message.kind) {
            case 'event':
              await apply(message.event);
              applied$.next(message.event.position);
              break;
            case 'checkpoint':
              applied$.next(message.position);
              break;
            case 'caught-up':
              caughtUp = true;
              caughtUpOnce = true;
              lastError = null;
          }
        }
        if (store.status().state === 'closed') return;
      } catch (error) {
        lastError = error instanceof Error ? error.message : String(error);
      }
      if (caughtUp) behindSince = now();
      caughtUp = false;
      await pause(AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const isReady = (): boolean => following && caughtUp && store.status().state === 'live';

  return {
    start() {
      if (following) return;
      following = true;
      void follow();
    },
    inMemory: () => isReady() || (caughtUpOnce && store.status().state !== 'live'),
    status() {
      const status = store.status();
      const ready = isReady();
      return {
        following,
        applied: applied$.value,
        ready,
        staleSince: ready ? null : caughtUp ? status.since : behindSince,
        store: status,
        lastError: lastError ?? status.lastError,
      };
    },
    async reached(position, milliseconds) {
      const arrived$ = applied$.pipe(
        filter((applied) => applied !== null && comparePositions(applied, position) >= 0),
        map(() => undefined),
        timeout({ first: milliseconds }),
      );
      await firstValueFrom(arrived$).catch(() => {
        const message = `position ${position} is not applied here yet (applied: ${applied$.value ?? 'nothing'}); ask again shortly`;
        const right = 'write a position that a recording answered';
        throw refusal('POSITION_NOT_REACHED', { field: 'minPosition', value: position, message: right }, message);
      });
    },
    stop() {
      stopping.abort();
    },
  };
}
