/** What is done to the server for as long as the soak lasts: writes, reads, streams that come and go. */
import { setTimeout } from 'node:timers/promises';
import { type Batch, batchOf, ISSUES, NEGOTIATION, OPENING, PARTIES } from '../faults/batches.ts';
import { changesSeen, type StreamReader } from '../faults/stream-reader.ts';

export interface Counts {
  /** batches, and the developments in them */
  written: number;
  developments: number;
  retried: number;
  read: number;
  notModified: number;
  streams: number;
  resumed: number;
}

export interface Load {
  readonly counts: Counts;
  /** every batch that was acknowledged */
  readonly acknowledged: readonly Batch[];
  /** what readers that stayed, or came back, were sent in all */
  readonly seen: readonly (readonly string[])[];
  /** what went wrong on the way */
  readonly failures: readonly string[];
  /** Ends everything; resolves when nothing is under way. */
  stop(): Promise<void>;
}

/** Milliseconds between two things of one kind, so that memory is what grows, if anything does, and not the log. */
const PACE = { write: 150, retry: 25, read: 12, stream: 90 } as const;
/** Milliseconds after which a reader that comes back goes away. */
const STAY = 2_000;

/**
 * What is recorded before anything is measured: more than the changes that are kept for readers (8,192). After that long answers are asked
 * for, until there is no more room for the texts of cells and for whole answers (64 MiB each). What grows from then on is no cache
 * that fills.
 */
const FILL = { batches: 36, size: 300 } as const;

const random = (below: number): number => Math.floor(Math.random() * below);
const oneOf = <T>(list: readonly T[]): T => list[random(list.length)] as T;

export async function startLoad(url: string): Promise<Load> {
  const counts: Counts = { written: 0, developments: 0, retried: 0, read: 0, notModified: 0, streams: 0, resumed: 0 };
  const acknowledged: Batch[] = [];
  const failures: string[] = [];
  const noted = (error: unknown): void => void failures.push(String(error));
  const over = new AbortController();
  const api = `${url}/api/negotiations/${NEGOTIATION}`;

  async function post(batch: Batch): Promise<boolean> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${api}/developments`, { method: 'POST', headers, body: JSON.stringify(batch) });
    const text = await answer.text();
    if (answer.status === 201 || answer.status === 200) return answer.status === 201;
    throw new Error(`${answer.status} ${text}`);
  }

  async function write(batch: Batch): Promise<void> {
    if (!(await post(batch))) throw new Error(`${batch[0]?.id} was there before it was written`);
    acknowledged.push(batch);
    counts.written += 1;
    counts.developments += batch.length;
  }

  async function retry(): Promise<void> {
    const batch = oneOf(acknowledged);
    if (batch && (await post(batch))) throw new Error(`${batch[0]?.id} was added twice`);
    counts.retried += 1;
  }

  const etags = new Map<string, string>();
  async function read(): Promise<void> {
    const path = oneOf(PATHS)();
    const etag = etags.get(path);
    // Now and then a reader goes away before it has its answer.
    const signal = random(20) === 0 ? AbortSignal.timeout(2) : over.signal;
    const answer = await fetch(`${api}${path}`, { signal, ...(etag ? { headers: { 'if-none-match': etag } } : {}) });
    await answer.arrayBuffer();
    if (answer.status === 304) counts.notModified += 1;
    else if (answer.status !== 200) throw new Error(`${answer.status} for ${path}`);
    if (etags.size > 200) etags.clear();
    etags.set(path, answer.headers.get('etag') ?? '');
    counts.read += 1;
  }

  /** A stream that is opened somewhere near the end and left in the middle. */
  async function passBy(): Promise<void> {
    const leave = new AbortController();
    const after = Math.max(0, counts.developments - random(40));
    const reader = changesSeen(`${api}/changes/stream?after=${after}`, leave.signal);
    await setTimeout(random(300));
    leave.abort();
    await reader.ended.catch(() => undefined);
    counts.streams += 1;
  }

  /** One does again and again what is to be done, and tells what goes wrong unless it is over. */
  async function again(pace: number, one: (number: number) => Promise<void>): Promise<void> {
    for (let number = 0; !over.signal.aborted; number += 1) {
      await one(number).catch((error: unknown) => {
        const left = error instanceof Error && ['AbortError', 'TimeoutError'].includes(error.name);
        if (!left) failures.push(String(error instanceof Error ? (error.cause ?? error) : error));
      });
      await setTimeout(pace);
    }
  }

  /** A reader that goes away every few seconds and takes up where it was. */
  async function comeBack(cursors: string[]): Promise<void> {
    while (!over.signal.aborted) {
      const leave = AbortSignal.any([over.signal, AbortSignal.timeout(random(STAY) + 50)]);
      const reader = changesSeen(`${api}/changes/stream`, leave, cursors.at(-1) ?? '0');
      await reader.ended.catch(async (error: unknown) => {
        noted(error);
        await setTimeout(STAY);
      });
      cursors.push(...reader.cursors);
      counts.resumed += 1;
    }
  }

  await post(OPENING);
  const finish = new AbortController();
  const staying: readonly StreamReader[] = [0, 1, 2].map(() =>
    changesSeen(`${api}/changes/stream`, finish.signal, '0'),
  );
  await Promise.all(staying.map(({ ready }) => ready));
  for (let number = 0; number < FILL.batches; number += 1) await write(batchOf('fill', number, FILL.size));
  for (const path of [...LONG_STATES, ...HISTORIES, ...HISTORIES]) {
    const answer = await fetch(`${api}${path}`);
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${answer.status} for ${path}`);
  }
  const returning = [0, 1].map(() => [...(staying[0]?.cursors ?? [])]);
  const work = [
    again(PACE.write, (number) => write(batchOf('soak', number, 2))),
    again(PACE.retry, retry),
    ...[0, 1].map(() => again(PACE.read, read)),
    ...[0, 1, 2].map(() => again(PACE.stream, passBy)),
  ];
  const comebacks = returning.map(comeBack);

  return {
    counts,
    acknowledged,
    failures,
    seen: [...staying.map(({ cursors }) => cursors), ...returning],
    async stop() {
      over.abort();
      await Promise.all([...work, ...comebacks]);
      // What was written last is still on its way to those who stay, and those who come back fetch the rest.
      await setTimeout(1_000);
      for (const cursors of returning) {
        const reader = changesSeen(`${api}/changes/stream`, finish.signal, cursors.at(-1) ?? '0');
        await reader.ready.catch(noted);
        cursors.push(...reader.cursors);
      }
      finish.abort();
      await Promise.all(staying.map(({ ended }) => ended.catch(noted)));
    },
  };
}

/** So few days that every answer is asked for again and again. */
const DAYS = Array.from({ length: 24 }, (_, month) => new Date(Date.UTC(2023, month, 15)).toISOString().slice(0, 10));
const day = (choices = DAYS.length): string => oneOf(DAYS.slice(0, choices));

const HISTORIES = PARTIES.flatMap((party) =>
  ISSUES.flatMap((issue) => DAYS.map((asOf) => `/positions/${party}/${issue}/history?asOf=${asOf}`)),
);

/** Strict: nearly everything that was stated stands beside a position, and is told with it. */
const LONG_STATES = ['', '&knownOn=2024-10-01'].flatMap((known) =>
  Array.from({ length: 730 }, (_, at) => new Date(Date.UTC(2023, 0, 2 + at)).toISOString().slice(0, 10)).map(
    (asOf) => `/state?asOf=${asOf}&standard=strict${known}`,
  ),
);

/** A comparison goes forward in time: another is refused. */
function inOrder(one: string, other: string): string {
  const [from, to] = one < other ? [one, other] : [other, one];
  return `from=${from}&to=${to}`;
}

const PATHS: readonly (() => string)[] = [
  () => '/state',
  () => `/state?asOf=${day()}`,
  () => `/state?asOf=${day()}&knownOn=${day(4)}&standard=all`,
  () => oneOf(HISTORIES),
  () => `/diff?${inOrder(day(), day())}`,
  () => '/rounds',
  () => `/changes?limit=${1 + random(50)}`,
  () => '/developments?limit=20',
  () => '/changes.atom',
  () => '/rounds.ics',
];
