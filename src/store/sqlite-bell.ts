/** Wakes whoever waits for news: at once for what this process wrote, by looking now and then for what others wrote. */
export interface Bell {
  ring(): void;
  /** resolves when the bell rings, or when the signal aborts */
  wait(signal?: AbortSignal): Promise<void>;
}

/**
 * @param version changes when another connection has written
 * @param intervalMs how often it is asked, and only while somebody waits
 */
export function createBell(version: () => unknown, intervalMs: number): Bell {
  const waiting = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  let seen = version();

  function ring(): void {
    for (const wake of [...waiting]) wake();
  }

  function look(): void {
    let now: unknown;
    try {
      now = version();
    } catch {
      // Whoever is woken reads, and meets the error where it can be told.
      now = Symbol('unreadable');
    }
    if (now === seen) return;
    seen = now;
    ring();
  }

  return {
    ring,
    wait: (signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = (): void => {
          waiting.delete(wake);
          signal?.removeEventListener('abort', wake);
          if (waiting.size === 0) {
            clearInterval(timer);
            timer = undefined;
          }
          resolve();
        };
        waiting.add(wake);
        signal?.addEventListener('abort', wake, { once: true });
        timer ??= setInterval(look, intervalMs);
      }),
  };
}
