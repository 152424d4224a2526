/**
 * `npm run demo`: the bundled record in a temporary store, and what a newcomer should see of it in a minute. With `--serve` it is shown
 * on the page instead; what follows (`--port 0`) is for `demarche serve`.
 */
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { dayWords } from '../../events/edtf-words.ts';
import type { DevelopmentInput } from '../../events/index.ts';
import { openStore } from '../store/open.ts';
import { openTracker, type Tracker, type View } from '../tracker/index.ts';
import { EXIT } from './errors.ts';
import { run } from './program.ts';
import { startProgress } from './progress.ts';
import { endQuietlyWithTheReader, openTerminal } from './terminal.ts';
import { momentDay } from './text/dates.ts';
import { BLANK, blocks, counted, type Line, paragraph } from './text/lines.ts';
import { differenceLines, inOrderOf } from './view/difference.ts';
import { gatesLines } from './view/header.ts';
import { entryLines as stepLines } from './view/history.ts';
import { entryLines } from './view/log.ts';
import { namesOf } from './view/words.ts';
import { wordsGrid } from './view/words-grid.ts';

/** What is shown of the record; it lies beside it, since this file knows no negotiation. */
interface Demo {
  readonly negotiation: string;
  /** files of the record, and when each was recorded */
  readonly steps: readonly { readonly file: string; readonly recorded: string }[];
  readonly matrices: {
    readonly days: readonly string[];
    readonly parties: readonly string[];
    readonly issues: readonly string[];
  };
  readonly moved: { readonly from: string; readonly to: string };
  readonly evolved: { readonly party: string; readonly issue: string };
  readonly corrected: { readonly development: string; readonly asOf: string };
}

const RECORDS = new URL('../../events/records/', import.meta.url);
const USAGE = `Usage: npm run demo                  what there is to see, in the terminal
       npm run demo -- --serve       the same on a page
       npm run demo -- --serve …     with options of "demarche serve", such as --port 0`;

endQuietlyWithTheReader(process);
const terminal = openTerminal(process);
const { width } = terminal;
const [asked, ...serving] = process.argv.slice(2);
const serves = asked === '--serve';
if (asked !== undefined && !serves) {
  const helps = asked === '--help' || asked === '-h';
  (helps ? process.stdout : process.stderr).write(`${USAGE}\n`);
  process.exit(helps ? EXIT.ok : EXIT.usage);
}
const demo = JSON.parse(await readFile(new URL('demo.json', RECORDS), 'utf8')) as Demo;
const file = join(await mkdtemp(join(tmpdir(), 'demarche-demo-')), 'demo.db');

// The clock of the store stands at the days on which the record was made, so that what was recorded later shows as such.
let now = 0;
const clock = () => now;
const tracker = openTracker({ store: await openStore(`sqlite:${file}`, { clock }), now: clock });
async function recordAll({ record }: Pick<Tracker, 'record'>): Promise<readonly Line[]> {
  const progress = startProgress(terminal, 'recording', 'developments');
  const lines: Line[] = [];
  for (const step of demo.steps) {
    now = Date.parse(step.recorded);
    const developments = await readRecord(step.file);
    await record(developments);
    progress.update(developments.length, developments.length);
    const what = `${step.file}: ${counted(developments.length, 'development')}, recorded ${momentDay(step.recorded, 'UTC')}`;
    lines.push(...paragraph(what, { width }));
  }
  progress.stop();
  return lines;
}

async function readRecord(name: string): Promise<readonly DevelopmentInput[]> {
  const text = await readFile(new URL(name, RECORDS), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as DevelopmentInput);
}

const part = (number: number, title: string): readonly Line[] =>
  paragraph(`${number}. ${title}`, { width, style: 'strong' });

async function matrices({ state }: Pick<Tracker, 'state'>): Promise<readonly Line[]> {
  const views = await Promise.all(
    demo.matrices.days.map(async (asOf) => {
      const found = await state(demo.negotiation, { asOf });
      return [...gatesLines(found, { width, style: 'strong' }), ...wordsGrid(found, demo.matrices, width)];
    }),
  );
  return blocks(part(1, 'Who stated what, as of three dates'), ...views);
}

async function moved({ state, diff }: Pick<Tracker, 'state' | 'diff'>): Promise<readonly Line[]> {
  const { negotiation, moved: span } = demo;
  const [after, differences] = await Promise.all([state(negotiation, { asOf: span.to }), diff(negotiation, span)]);
  return blocks(
    part(2, `What moved from ${dayWords(span.from)} to ${dayWords(span.to)}`),
    differenceLines(inOrderOf(after, differences), namesOf(after), width),
  );
}

async function evolved({ state, history }: Pick<Tracker, 'state' | 'history'>): Promise<readonly Line[]> {
  const { negotiation, evolved: cell } = demo;
  const [found, entries] = await Promise.all([state(negotiation, cell), history(negotiation, cell)]);
  const names = namesOf(found);
  return blocks(
    part(3, `How one stance evolved: ${names.party(cell.party)} on ${names.issue(cell.issue)}`),
    ...entries.map((entry) => stepLines(entry, { names, timeZone: found.gates.timeZone, width })),
  );
}

async function corrected(of: Pick<Tracker, 'state' | 'chronicle'>): Promise<readonly Line[]> {
  const { negotiation, corrected: seen } = demo;
  const { asOf } = seen;
  const side = async (view: View): Promise<readonly Line[]> => {
    const [found, chronicle] = await Promise.all([of.state(negotiation, view), of.chronicle(negotiation, view)]);
    const entry = chronicle.find(({ id }) => id === seen.development);
    const shown = { names: namesOf(found), timeZone: found.gates.timeZone, width, lead: '' };
    return [...gatesLines(found, { width }), ...(entry ? entryLines(entry, shown) : [])];
  };
  return blocks(
    part(4, 'A correction, seen from before and after'),
    await side({ asOf, then: true }),
    await side({ asOf }),
  );
}

/** Commands that work as they are printed, so they are not broken into lines. */
function goOn(): readonly Line[] {
  const { negotiation, moved: span, evolved: cell, matrices } = demo;
  const set = process.platform === 'win32' ? 'set' : 'export';
  const commands = [
    `state ${negotiation} --as-of ${matrices.days.at(-1)}`,
    `state ${negotiation} --as-of ${matrices.days.at(-1)} --issue ${cell.issue} --json`,
    `history ${negotiation} --party ${cell.party} --issue ${cell.issue}`,
    `diff ${negotiation} --from ${matrices.days[0]} --to ${span.to} --then`,
    `record ${negotiation}`,
    'serve',
    '--help',
  ].map((command) => `npm run -s demarche -- ${command}`);
  return [
    ...part(5, 'Go on'),
    BLANK,
    ...[`${set} DEMARCHE_STORE=sqlite:${file}`, ...commands].map((text) => ({ text: `  ${text}` })),
    BLANK,
    ...paragraph('Without DEMARCHE_STORE the log is kept in ./demarche.db, and is yours.', { width }),
  ];
}

try {
  terminal.print(await recordAll(tracker));
  if (!serves) {
    terminal.print([BLANK, ...(await matrices(tracker))]);
    terminal.print([BLANK, ...(await moved(tracker))]);
    terminal.print([BLANK, ...(await evolved(tracker))]);
    terminal.print([BLANK, ...(await corrected(tracker))]);
    terminal.print([BLANK, ...goOn()]);
  }
} finally {
  await tracker.close();
}
if (serves)
  process.exitCode = await run(['serve', '--store', `sqlite:${file}`, '--log-level', 'warn', ...serving], process);
