/** A memory of what was used last, up to a number. */
export interface Bounded<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
}

export function bounded<K, V>(most: number): Bounded<K, V> {
  const kept = new Map<K, V>();
  // Goes on where it was: from the beginning, a map would pass by all that were dropped since it last put itself in order.
  const oldest = kept.keys();
  return {
    get(key) {
      const value = kept.get(key);
      if (value === undefined) return undefined;
      // Used again: the last to be forgotten.
      kept.delete(key);
      kept.set(key, value);
      return value;
    },
    delete: (key) => void kept.delete(key),
    set(key, value) {
      kept.delete(key);
      kept.set(key, value);
      if (kept.size <= most) return;
      const first = oldest.next();
      if (!first.done) kept.delete(first.value);
    },
  };
}
