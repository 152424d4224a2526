/** Lets everything else that waits go first. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The same, handed out in turns, so that what is long does not hold up everything else. */
export async function* inTurns<T>(all: Iterable<T>, together: number): AsyncGenerator<T> {
  let handedOut = 0;
  for (const one of all) {
    yield one;
    handedOut += 1;
    if (handedOut % together === 0) await nextTurn();
  }
}
