/** Work that nobody waits for: one piece at a time, however many have some. */
import { describe, expect, it } from 'vitest';
import { spareTime } from '../../../src/tracker/log/spare-time.ts';
import { nextTurn } from '../../../src/tracker/log/turns.ts';

const going = new AbortController().signal;

describe('spare time', () => {
  it('is given to one piece of work at a time, in turn', async () => {
    const spare = spareTime();
    let now = 0;
    let most = 0;
    const done: number[] = [];
    const piece = (number: number) => async () => {
      now += 1;
      most = Math.max(most, now);
      await nextTurn();
      now -= 1;
      done.push(number);
    };
    await Promise.all(Array.from({ length: 20 }, (_, number) => spare(piece(number), going)));
    expect(most).toBe(1);
    expect(done).toEqual(Array.from({ length: 20 }, (_, number) => number));
  });

  it('lets everything else go first between two pieces', async () => {
    const spare = spareTime();
    const seen: string[] = [];
    const first = spare(async () => void seen.push('first'), going);
    const second = spare(async () => void seen.push('second'), going);
    await first;
    await nextTurn();
    seen.push('others');
    await second;
    expect(seen).toEqual(['first', 'others', 'second']);
  });

  it('does nothing for who has stopped meanwhile, and goes on after a piece that failed', async () => {
    const spare = spareTime();
    const stopped = new AbortController();
    const failed = spare(() => Promise.reject(new Error('away')), going);
    let ran = false;
    const skipped = spare(async () => {
      ran = true;
    }, stopped.signal);
    stopped.abort();
    await expect(failed).rejects.toThrow('away');
    await skipped;
    expect(ran).toBe(false);
    let done = false;
    await spare(async () => {
      done = true;
    }, going);
    expect(done).toBe(true);
  });
});
