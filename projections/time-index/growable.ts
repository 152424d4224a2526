/**
 * Columns: typed arrays that grow. They grow by a quarter, so that at most a fifth of what they hold lies idle; every other cost of a
 * development is counted in bytes.
 */
type Numbers = Float64Array | Uint32Array | Uint8Array;

export interface Column<T extends Numbers> {
  /** read and written directly; longer than what is in use */
  data: T;
  /** makes room for at least this many */
  reserve(length: number): void;
}

const SMALLEST = 64;

function column<T extends Numbers>(make: (length: number) => T): Column<T> {
  const one: Column<T> = {
    data: make(SMALLEST),
    reserve(length) {
      if (length <= one.data.length) return;
      const grown = make(Math.max(length, one.data.length + (one.data.length >> 2)));
      grown.set(one.data);
      one.data = grown;
    },
  };
  return one;
}

export const float64Column = (): Column<Float64Array> => column((length) => new Float64Array(length));
export const uint32Column = (): Column<Uint32Array> => column((length) => new Uint32Array(length));
export const uint8Column = (): Column<Uint8Array> => column((length) => new Uint8Array(length));
