/** Lets everything else that waits go first. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** So many at a time. */
export function* inPages<T>(all: Iterable<T>, size: number): Generator<readonly T[]> {
  let page: T[] = [];
  for (const one of all) {
    page.push(one);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** The same of what comes one by one. */
export async function* pagesOf<T>(all: AsyncIterable<T> | Iterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let page: T[] = [];
  for await (const one of all) {
    if (page.push(one) < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** The first of them, and no more than that is looked for. */
export async function firstOf<T>(all: AsyncIterable<T>, limit: number): Promise<readonly T[]> {
  const first: T[] = [];
  if (limit <= 0) return first;
  for await (const one of all) {
    first.push(one);
    if (first.length >= limit) break;
  }
  return first;
}
