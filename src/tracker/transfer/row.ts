/** One row of a file, before it is known whether it is a development. */
export interface Row {
  /** from 1; of a row over several lines, the first of them */
  readonly line: number;
  readonly written: unknown;
}
