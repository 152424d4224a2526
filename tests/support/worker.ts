/**
 * Processes that do something and say so, and are killed at a moment of what they said: the same moment of the work on any machine, however
 * fast or slow.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** One thing a process said: what it did, who in it, and a number. */
export interface Said {
  readonly word: string;
  readonly writer: string;
  readonly number: number;
}

export interface Worker {
  readonly process: ChildProcess;
  /** all it said, whole once `ended` */
  readonly said: readonly Said[];
  /** when what it said so far holds, or it has ended */
  until(holds: (said: readonly Said[]) => boolean): Promise<void>;
  readonly ended: Promise<readonly [code: number | null, signal: NodeJS.Signals | null]>;
}

/** Starts a script in a process of its own. What it says are lines: "word", "word writer" or "word writer number". */
export function startWorker(script: URL, ...parameters: readonly string[]): Worker {
  const process_ = spawn(process.execPath, [fileURLToPath(script), ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: Said[] = [];
  const lines = createInterface({ input: process_.stdout });
  lines.on('line', (line) => {
    const [word = '', writer = '', number = ''] = line.split(' ');
    said.push({ word, writer, number: Number(number) });
  });
  const closed = once(lines, 'close');
  const ended = once(process_, 'exit').then(async ([code, signal]) => {
    await closed;
    return [code, signal] as const;
  });
  const until = (holds: (said: readonly Said[]) => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (holds(said)) resolve();
      };
      lines.on('line', look);
      closed.then(() => resolve());
      look();
    });
  return { process: process_, said, until, ended };
}

export const random = (below: number): number => Math.floor(Math.random() * below);

/**
 * Kills a process once it has said so many things, and some milliseconds later, so that kills fall into all that lies between two of them.
 * @param spread milliseconds, at most
 * @returns what it had said by then
 */
export async function killedWhenSaid(worker: Worker, things: number, spread = 4): Promise<readonly Said[]> {
  await worker.until(({ length }) => length >= things);
  await setTimeout(Math.random() * spread);
  worker.process.kill('SIGKILL');
  await worker.ended;
  return worker.said;
}

/** How often what is random is tried; more by `DEMARCHE_FAULT_ROUNDS`. */
export const rounds = (usual: number): number => Number(process.env.DEMARCHE_FAULT_ROUNDS ?? usual);

/**
 * Does rounds of what is left to chance, and goes on, to ten times as many, until it has shown everything that it is there to show.
 * @param missing what it has not shown yet
 */
export async function inRounds(
  usual: number,
  missing: () => readonly string[],
  round: (number: number) => Promise<void>,
): Promise<void> {
  const planned = rounds(usual);
  for (let number = 0; number < planned || (missing().length > 0 && number < 10 * planned); number += 1)
    await round(number);
  // Else the rounds would have shown nothing.
  expect(missing()).toEqual([]);
}

/** The names of what was not counted once. */
export const uncounted = (counts: Readonly<Record<string, number>>): readonly string[] =>
  Object.keys(counts).filter((name) => counts[name] === 0);
