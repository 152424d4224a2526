/**
 * Fan-out of the changes of one negotiation under one standard. Changes that come close together are written together, and readers
 * with the same filter share the same bytes: the cost is one system call a reader and window, whatever comes in between.
 */
import type { Observable } from 'rxjs';
import type { Change } from '../../../projections/index.ts';
import { isAfter } from '../../tracker/cursors.ts';
import { type ChangeFilter, passes } from '../../tracker/feed.ts';
import { changeFrame, problemFrame, type Shared, shared } from './frames.ts';
import type { Sink } from './sink.ts';

/** Gathers from the moment it is opened. */
export interface Hub {
  readonly size: number;
  /** From here on the reader gets every change after its cursor. Call it in the turn in which a page of changes came back empty. */
  join(reader: Reader): void;
  /** What is no change, to every reader. */
  tell(words: Shared): void;
  close(): void;
}

export interface Reader {
  readonly sink: Sink;
  readonly filter: ChangeFilter;
  /** the last change it has, or where it began */
  readonly cursor: string;
}

interface Group {
  readonly filter: ChangeFilter;
  readonly sinks: Set<Sink>;
}

/**
 * Milliseconds from when changes are begun to be written until the next ones are, so that they come together: none for a few readers,
 * never long enough to be noticed, and none for what comes after a pause.
 */
const LONGEST_WINDOW = 75;
const READERS_A_MILLISECOND = 20;

export interface HubEvents {
  /** changes are about to be delivered: readers who may not have them are to be closed now */
  flushing(): void;
  /** so many were, counted for each reader */
  delivered(count: number): void;
  /** there will be no more changes: every reader was told why, and its stream ended */
  failed(error: unknown): void;
}

export function openHub(live$: Observable<Change>, events: HubEvents): Hub {
  const groups = new Map<string, Group>();
  const joining = new Set<Reader>();
  let size = 0;
  let gathered: Change[] = [];
  let timer: NodeJS.Timeout | undefined;
  let begun = Number.NEGATIVE_INFINITY;

  let lastWords: string | undefined;

  const subscription = live$.subscribe({
    next(change) {
      gathered.push(change);
      // At the earliest in the next turn of the event loop: a reader that joins in this one still gets what was gathered.
      const window = Math.min(LONGEST_WINDOW, size / READERS_A_MILLISECOND);
      timer ??= setTimeout(flush, Math.max(0, begun + window - performance.now()));
    },
    error(error: unknown) {
      end(problemFrame(error));
      events.failed(error);
    },
    // The tracker was closed.
    complete() {
      clearTimeout(timer);
      flush();
      end('');
    },
  });

  function end(words: string): void {
    clearTimeout(timer);
    lastWords = words;
    for (const sink of sinks()) sink.end(words);
  }

  function* sinks(): Generator<Sink> {
    for (const group of groups.values()) yield* group.sinks;
    for (const { sink } of joining) yield sink;
  }

  function flush(): void {
    const changes = gathered;
    gathered = [];
    timer = undefined;
    begun = performance.now();
    events.flushing();
    let delivered = 0;
    for (const { filter, sinks } of groups.values()) {
      const wanted = changes.filter((change) => passes(change, filter));
      if (wanted.length === 0) continue;
      const frames = shared(wanted.map(changeFrame).join(''));
      for (const sink of sinks) sink.share(frames);
      delivered += wanted.length * sinks.size;
    }
    for (const reader of joining) {
      const wanted = changes.filter((change) => passes(change, reader.filter) && isAfter(change, reader.cursor));
      if (wanted.length > 0) reader.sink.write(wanted.map(changeFrame).join(''));
      delivered += wanted.length;
      settle(reader, changes);
    }
    events.delivered(delivered);
  }

  /** A reader that is not ahead of this process needs no looking after on its own. */
  function settle(reader: Reader, changes: readonly Change[]): void {
    const last = changes.at(-1);
    if (!last || (last.cursor !== reader.cursor && !isAfter(last, reader.cursor))) return;
    joining.delete(reader);
    if (!reader.sink.closed) groupOf(reader.filter).sinks.add(reader.sink);
  }

  function groupOf(filter: ChangeFilter): Group {
    const key = keyOf(filter);
    let group = groups.get(key);
    if (!group) {
      group = { filter, sinks: new Set() };
      groups.set(key, group);
    }
    return group;
  }

  function leave(reader: Reader): void {
    size -= 1;
    joining.delete(reader);
    const key = keyOf(reader.filter);
    const group = groups.get(key);
    group?.sinks.delete(reader.sink);
    if (group?.sinks.size === 0) groups.delete(key);
  }

  return {
    get size() {
      return size;
    },
    join(reader) {
      // It may have failed since the reader asked for it.
      if (lastWords !== undefined) reader.sink.end(lastWords);
      if (reader.sink.closed) return;
      size += 1;
      joining.add(reader);
      reader.sink.onClose(() => leave(reader));
    },
    tell(words) {
      for (const sink of sinks()) sink.share(words);
    },
    close() {
      subscription.unsubscribe();
      clearTimeout(timer);
    },
  };
}

const keyOf = ({ party, issue, effect }: ChangeFilter): string => JSON.stringify([party, issue, effect]);
