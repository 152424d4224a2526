/** Where the command line speaks: standard output for answers, standard error for everything else. Nothing reaches either unchecked. */
import type { Line } from './text/lines.ts';
import { jsonText, visible, visibleLines } from './text/visible.ts';

export interface Terminal {
  /** columns to fill: those of the terminal, within reason; 80 in a pipe, or what COLUMNS says */
  readonly width: number;
  /** somebody sits there who can be asked */
  readonly interactive: boolean;
  /** where progress is shown, and whether it can be drawn over */
  readonly progress: { readonly stream: NodeJS.WriteStream; readonly drawn: boolean };
  /** lines of an answer */
  print(lines: readonly Line[]): void;
  /** an answer as JSON */
  json(value: unknown): void;
  /** a piece of a file, byte for byte; only on a terminal control characters are made visible */
  file(text: string): Promise<void>;
  /** lines beside the answer, on standard error */
  note(lines: readonly Line[]): void;
  /** an error as JSON, on standard error */
  noteJson(value: unknown): void;
}

export interface Streams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const WIDTH = { least: 40, usual: 80, most: 120 } as const;
const SGR = { strong: ['\x1b[1m', '\x1b[22m'], faint: ['\x1b[2m', '\x1b[22m'] } as const;

export function openTerminal({ stdin, stdout, stderr, env }: Streams): Terminal {
  const show = (stream: NodeJS.WriteStream, lines: readonly Line[]) => {
    if (lines.length > 0) stream.write(`${lines.map(painter(stream, env)).join('\n')}\n`);
  };
  return {
    width: widthOf(stdout, env),
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    progress: { stream: stderr, drawn: stderr.isTTY === true && env.TERM !== 'dumb' },
    print: (lines) => show(stdout, lines),
    json: (value) => void stdout.write(`${jsonText(value)}\n`),
    file: (text) =>
      new Promise((resolve) => {
        if (stdout.write(stdout.isTTY ? visibleLines(text) : text)) resolve();
        else stdout.once('drain', resolve);
      }),
    note: (lines) => show(stderr, lines),
    noteJson: (value) => void stderr.write(`${jsonText(value)}\n`),
  };
}

function widthOf(stdout: NodeJS.WriteStream, env: Streams['env']): number {
  const asked = stdout.isTTY ? stdout.columns : Number(env.COLUMNS);
  return Number.isInteger(asked) && asked > 0 ? Math.min(WIDTH.most, Math.max(WIDTH.least, asked)) : WIDTH.usual;
}

/** Lines as they are written: made visible once more, since this is the only way out; then set off, where that can be seen. */
function painter(stream: NodeJS.WriteStream, env: Streams['env']): (line: Line) => string {
  // https://no-color.org
  const plain = stream.isTTY !== true || (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  return ({ text, style }) => {
    const [on, off] = plain || style === undefined || text === '' ? ['', ''] : SGR[style];
    return `${on}${visible(text)}${off}`;
  };
}

/** A reader that closes the pipe (`| head`) has what it wanted: that is no error. A disk that is full under `> file` is one. */
export function endQuietlyWithTheReader({ stdout, stderr }: Pick<Streams, 'stdout' | 'stderr'>): void {
  for (const stream of [stdout, stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
      if (stream === stdout) stderr.write(`demarche: the answer cannot be written: ${error.message}\n`);
      process.exit(1);
    });
}
