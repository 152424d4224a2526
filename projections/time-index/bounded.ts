/** A memory of what was used last, up to a number. */
export interface Bounded<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
}

export function bounded<K, V>(most: number): Bounded<K, V> {
  const kept = new Map<K, V>();

  /**
   * Some at once, since from its beginning a map passes by all that were dropped since it last put itself in order. An iterator kept from
   * one time to the next would not, but hold on to every order the map has had meanwhile.
   */
  function dropOldest(): void {
    const left = most - (most >> 4);
    for (const key of kept.keys()) {
      if (kept.size <= left) return;
      kept.delete(key);
    }
  }

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
      if (kept.size > most) dropOldest();
    },
  };
}
