import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DevelopmentInput } from '../../events/index.ts';
import type { Change } from '../../projections/index.ts';
import { type ServerProcess, serverProcess } from './support/process.ts';
import { openReader, type Reader } from './support/reader.ts';
import { until } from './support/server.ts';
import { OPENING, said, TALKS } from './support/talks.ts';

const READERS = 200;
const RECORDED = 240;
const KILLS = [60, 120, 180];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demarche-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The same numbers in every run. https://en.wikipedia.org/wiki/Linear_congruential_generator */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Records something until it is acknowledged, whatever becomes of the server meanwhile. */
async function recordStubbornly(
  url: string,
  development: DevelopmentInput | readonly DevelopmentInput[],
): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/api/negotiations/${TALKS}/developments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(development),
    }).catch(() => undefined);
    if (response?.ok) return;
    if (response && response.status < 500) throw new Error(await response.text());
    await pause(20);
  }
}

interface StubbornReader {
  /** the ids of the changes it has read so far, in every turn of its reading */
  readonly cursors: () => readonly string[];
  readonly done: Promise<void>;
}

/** Reads the stream until the signal aborts, coming back after every break; a restless reader breaks off by itself as well. */
function readStubbornly(url: string, restless: boolean, random: () => number, stop: AbortSignal): StubbornReader {
  const seen: string[] = [];
  let reading: Reader | undefined;
  const cursors = () => [...seen, ...(reading?.cursors() ?? [])];
  async function read(): Promise<void> {
    let last = '0';
    while (!stop.aborted) {
      const reader = await openReader(`${url}/api/negotiations/${TALKS}/changes/stream`, {
        'last-event-id': last,
      }).catch(() => undefined);
      if (reader?.status === 200) {
        reading = reader;
        const leaveAt = restless ? performance.now() + 50 + random() * 400 : Number.POSITIVE_INFINITY;
        while (!stop.aborted && reader.ended() === undefined && performance.now() < leaveAt) await pause(10);
        reader.leave();
        seen.push(...reader.cursors());
        reading = undefined;
        last = reader.events.at(-1)?.id ?? last;
      } else reader?.leave();
      await pause(10 + random() * 50);
    }
  }
  return { cursors, done: read() };
}

test('200 readers, half of them coming and going, miss nothing and read nothing twice while the server is killed and started again', async () => {
  const options = ['--rate', '0', '--streams', String(READERS + 100), '--log-level', 'silent'];
  await using server: ServerProcess = await serverProcess(`sqlite:${join(folder, 'talks.db')}`, options);
  await server.start();
  await recordStubbornly(server.url, OPENING);
  const stop = new AbortController();
  const readers = Array.from({ length: READERS }, (_, index) =>
    readStubbornly(server.url, index % 2 === 0, numbers(index), stop.signal),
  );

  for (let index = 0; index < RECORDED; index += 1) {
    const joint = index % 7 === 0 ? { party: undefined, parties: ['north', 'south'] } : {};
    const recording = recordStubbornly(server.url, said(`n${index}`, joint));
    if (KILLS.includes(index)) {
      await pause(index % 3);
      await server.kill();
      await server.start();
    }
    await recording;
  }

  const all: string[] = [];
  const developments: string[] = [];
  for (let after: string | undefined = '0'; after !== undefined; ) {
    const response = await fetch(`${server.url}/api/negotiations/${TALKS}/changes?after=${after}&limit=1000`);
    const page = (await response.json()) as Change[];
    all.push(...page.map(({ cursor }) => cursor));
    developments.push(...page.map(({ development }) => development));
    after = page.at(-1)?.cursor;
  }
  expect(new Set(developments)).toEqual(new Set(Array.from({ length: RECORDED }, (_, index) => `n${index}`)));
  // However long it takes: each of them gets the rest of what it has not seen. What it were to read twice comes a little later.
  for (const { cursors } of readers) await until(() => cursors().length >= all.length);
  await pause(500);
  stop.abort();
  await Promise.all(readers.map(({ done }) => done));
  for (const { cursors } of readers) expect(cursors()).toEqual(all);
}, 180_000);

test('an asked-for stop ends streams with a word, finishes what is being recorded, and exits well', async () => {
  await using server: ServerProcess = await serverProcess(`sqlite:${join(folder, 'stopped.db')}`);
  await server.start();
  await recordStubbornly(server.url, OPENING);
  const reader = await openReader(`${server.url}/api/negotiations/${TALKS}/changes/stream`);
  await reader.ready();
  const under = Array.from({ length: 20 }, (_, index) =>
    fetch(`${server.url}/api/negotiations/${TALKS}/developments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(said(`last-${index}`)),
    }).then(
      (response) => (response.status === 201 ? `last-${index}` : undefined),
      () => undefined,
    ),
  );
  await pause(5);
  expect(await server.stop()).toBe(0);
  const acknowledged = (await Promise.all(under)).filter((id) => id !== undefined);
  while (reader.ended() === undefined) await pause(5);
  expect(reader.ended()).toBe('ended');
  expect(reader.retries).toEqual([2000, 1000]);
  await server.start();
  const response = await fetch(`${server.url}/api/negotiations/${TALKS}/developments`);
  const recorded = ((await response.json()) as { id: string }[]).map(({ id }) => id);
  expect(recorded).toEqual(expect.arrayContaining(acknowledged));
});
