import { expect } from 'vitest';
import { DemarcheError, type DevelopmentInput, type ErrorCode, type Fault } from '../../src/tracker/index.ts';
import type { TestTracker } from './tracker.ts';

type Input = DevelopmentInput | readonly DevelopmentInput[];

/** The error a tracker refuses an input with; asserts that recording and checking agree, and that nothing was written. */
export async function refusalOf({ tracker, store, log }: TestTracker, input: unknown): Promise<DemarcheError> {
  const before = { head: await store.head(), streams: await store.streams(), log: await log() };
  const recorded = await rejection(tracker.record(input as Input));
  const checked = await rejection(tracker.check(input));
  expect({ code: checked.code, faults: checked.faults }).toEqual({ code: recorded.code, faults: recorded.faults });
  expect({ head: await store.head(), streams: await store.streams(), log: await log() }).toEqual(before);
  return recorded;
}

/** That a tracker refuses an input with this code and these faults, and writes nothing. */
export async function expectRefused(
  tracked: TestTracker,
  input: unknown,
  code: ErrorCode,
  ...faults: readonly (Partial<Omit<Fault, 'message'>> & { readonly message?: RegExp })[]
): Promise<void> {
  const error = await refusalOf(tracked, input);
  expect(error.code).toBe(code);
  expect(error.faults).toEqual(
    faults.map(({ message = /./, ...fault }) =>
      expect.objectContaining({ ...fault, message: expect.stringMatching(message) }),
    ),
  );
}

async function rejection(promise: Promise<unknown>): Promise<DemarcheError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error, 'it was not refused').toBeInstanceOf(DemarcheError);
  return error as DemarcheError;
}
