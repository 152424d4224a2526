/** The little of the `edtf` package (which ships no types) that is used here. */
declare module 'edtf' {
  interface Extent {
    /** milliseconds since 1970 of the first and the last moment, read as UTC */
    readonly min: number;
    readonly max: number;
  }
  export default function edtf(text: string, options: { readonly level: 0 | 1 | 2 }): Extent;
}
