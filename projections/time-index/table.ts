/**
 * Tables: typed arrays that grow together. They grow by a quarter, so that at most a fifth of what they hold lies idle; every cost of
 * a development is counted in bytes.
 */
interface Arrays {
  readonly f64: Float64Array;
  readonly u32: Uint32Array;
  readonly u8: Uint8Array;
  /** 32 bytes a line, half a line of the processor's cache, laid out by their owner */
  readonly packed: Float64Array;
}

/** How many numbers a line of a packed column has. */
const PACKED = 4;

export type PortableArray = Float64Array | Uint32Array | Uint8Array;

type Kinds = Readonly<Record<string, keyof Arrays>>;

export interface Table<K extends Kinds = Kinds> {
  /** read and written directly; longer than what is in use, and replaced when they grow: never hold on to one */
  readonly columns: { [C in keyof K]: Arrays[K[C]] };
  /** how many lines are in use */
  length: number;
  /** makes room for so many lines */
  reserve(lines: number): void;
  /** so many lines are in use, their fields as they come */
  grow(lines: number): void;
  /** the number of a new line, its fields as they come */
  push(): number;
  /** moves lines from one place up to another (outside) to a third */
  move(to: number, from: number, end: number): void;
  /** the part of each array that is in use */
  used(): Readonly<Record<string, PortableArray>>;
  /** takes arrays over that were in use in another table, and all of their buffers. @throws RangeError where they do not fit */
  adopt(arrayFor: (column: string) => PortableArray | undefined, length: number): void;
}

const SMALLEST = 64;

/** @param moved called when the arrays were replaced */
export function createTable<const K extends Kinds>(kinds: K, moved: () => void = () => {}): Table<K> {
  const names = Object.keys(kinds) as (keyof K & string)[];
  const columns = Object.fromEntries(
    names.map((name) => [name, arrayOf(kinds[name], SMALLEST)]),
  ) as Table<K>['columns'];
  let room = SMALLEST;
  const table: Table<K> = {
    columns,
    length: 0,
    reserve(lines) {
      if (lines <= room) return;
      room = Math.max(lines, room + (room >> 2));
      for (const name of names) {
        const grown = arrayOf(kinds[name], room);
        grown.set(columns[name].subarray(0, table.length * widthOf(kinds[name])));
        columns[name] = grown as Table<K>['columns'][typeof name];
      }
      moved();
    },
    push() {
      const line = table.length;
      if (line === room) table.reserve(line + 1);
      table.length = line + 1;
      return line;
    },
    grow(lines) {
      table.reserve(lines);
      table.length = lines;
    },
    move(to, from, end) {
      for (const name of names) {
        const width = widthOf(kinds[name]);
        columns[name].copyWithin(to * width, from * width, end * width);
      }
    },
    used: () =>
      Object.fromEntries(names.map((name) => [name, columns[name].subarray(0, table.length * widthOf(kinds[name]))])),
    adopt(arrayFor, length) {
      for (const name of names) {
        const array = arrayFor(name);
        if (array?.constructor !== columns[name].constructor || array.length !== length * widthOf(kinds[name]))
          throw new RangeError(`the column ${name} does not fit`);
        columns[name] = wholeOf(array) as Table<K>['columns'][typeof name];
      }
      table.length = length;
      room = Math.min(...names.map((name) => Math.floor(columns[name].length / widthOf(kinds[name]))));
      moved();
    },
  };
  return table;
}

/** With the room that its buffer has behind it: lines are added without moving those that are there. */
function wholeOf(array: PortableArray): PortableArray {
  const { buffer, byteOffset } = array;
  if (byteOffset !== 0 || buffer.byteLength % array.BYTES_PER_ELEMENT !== 0) return array;
  return new (array.constructor as new (buffer: ArrayBufferLike) => PortableArray)(buffer);
}

const widthOf = (kind: keyof Arrays | undefined): number => (kind === 'packed' ? PACKED : 1);

function arrayOf(kind: keyof Arrays | undefined, length: number): Float64Array | Uint32Array | Uint8Array {
  switch (kind) {
    case 'f64':
      return new Float64Array(length);
    case 'packed':
      return new Float64Array(PACKED * length);
    case 'u32':
      return new Uint32Array(length);
    default:
      return new Uint8Array(length);
  }
}
