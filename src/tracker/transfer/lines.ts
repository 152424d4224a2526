/** The bytes of a file as blocks of whole lines of UTF-8. */
import { isUtf8 } from 'node:buffer';
import type { FaultList } from './faults.ts';
import type { Bytes } from './types.ts';

export interface Block {
  readonly bytes: Buffer;
  /** of its first line, from 1 */
  readonly line: number;
}

/** More than the longest development, however its characters are escaped: a longer line is no line, but another kind of file. */
export const LONGEST_LINE_BYTES = 8 * 1024 * 1024;

const LINE_END = 0x0a;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF_16_MARKS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

/**
 * Cuts a file into blocks that end where a line ends. A byte-order mark at its start is left out.
 * @param onBytes told how many bytes were read so far
 */
export async function* wholeLines(
  input: Bytes,
  faults: FaultList,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Block> {
  const rest: Buffer[] = [];
  let restBytes = 0;
  let bytesRead = 0;
  let line = 1;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    bytesRead += bytes.length;
    onBytes(bytesRead);
    const end = bytes.lastIndexOf(LINE_END) + 1;
    if (end > 0) {
      const block = checkedBlock(Buffer.concat([...rest.splice(0), bytes.subarray(0, end)]), line, faults);
      yield block;
      line += countLines(block.bytes);
      restBytes = 0;
    }
    rest.push(bytes.subarray(end));
    restBytes += bytes.length - end;
    if (restBytes > LONGEST_LINE_BYTES)
      faults.stop({
        field: '',
        line,
        message: `this line is longer than ${LONGEST_LINE_BYTES} bytes; is this the right file?`,
      });
  }
  if (restBytes > 0) yield checkedBlock(Buffer.concat(rest), line, faults);
}

function checkedBlock(bytes: Buffer, line: number, faults: FaultList): Block {
  if (line === 1 && isUtf16(bytes)) faults.stop({ field: '', line, message: UTF_16 });
  if (!isUtf8(bytes)) faults.stop(notUtf8(bytes, line));
  const marked = line === 1 && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK);
  return { bytes: marked ? bytes.subarray(3) : bytes, line };
}

const UTF_16 =
  'this file is in UTF-16 (with NUL bytes between its letters); save it as UTF-8 (a spreadsheet calls it "CSV UTF-8", a text editor "UTF-8")';

/** Its first character is a byte-order mark, or one of ASCII, as in every file that is taken here: in UTF-16 it is two bytes. */
function isUtf16(bytes: Buffer): boolean {
  const [first = 1, second = 1] = bytes;
  return UTF_16_MARKS.some((mark) => mark.equals(bytes.subarray(0, 2))) || (first === 0) !== (second === 0);
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_END); at !== -1; at = bytes.indexOf(LINE_END, at + 1)) lines += 1;
  return lines;
}

/** The line and the character where the text stops being UTF-8. */
function notUtf8(bytes: Buffer, first: number) {
  let start = 0;
  for (let line = first; ; line++) {
    const end = bytes.indexOf(LINE_END, start);
    const one = bytes.subarray(start, end === -1 ? bytes.length : end);
    if (!isUtf8(one)) {
      const text = one.toString('utf8');
      const at = text.indexOf('\ufffd');
      const value = text.slice(Math.max(0, at - 20), at + 20).trim();
      const message = `character ${at + 1} of this line is not UTF-8; save the file as UTF-8 (a spreadsheet calls it "CSV UTF-8")`;
      return { field: '', line, value, message };
    }
    start = end + 1;
  }
}
