import { type Command, Option } from 'commander';
import { DemarcheError, type Fault } from '../../../events/index.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { UsageError } from '../errors.ts';
import { examples } from '../options.ts';
import { declaredWords, withDeclarations, withHints } from '../recording/declare.ts';
import { addFieldOptions, type Draft, draftOf } from '../recording/field-options.ts';
import { isComplete } from '../recording/interview.ts';
import { readDrafts, readText } from '../recording/json-input.ts';
import { changesBy, duplicateNotes, recordDrafts, recordingLines } from '../recording/recording.ts';
import { paragraph } from '../text/lines.ts';

interface Options extends CommonOptions, Readonly<Record<string, unknown>> {
  /** true: answer in JSON; a text: that development */
  readonly json?: true | string;
  readonly declare?: boolean;
  readonly by?: string;
  readonly input: boolean;
}

export function registerRecord(program: Command, cli: Cli): void {
  const command = program
    .command('record')
    .description('record one development: asks for what is not given, with completion of what is known')
    .argument('[negotiation]')
    .addOption(
      new Option(
        '--json [development]',
        'answer in JSON; with a value, record that: one object or an array (-: standard input)',
      ),
    )
    .option('--negotiation <negotiation>', 'the same as the argument')
    .option('--type <type>', 'what happened, such as DemandStated or RoundScheduled (demarche schema lists all)')
    .option('--declare', 'declare a party or issue that is not declared yet, and open the negotiation')
    .option('--by <name>', 'who records it')
    .option('--no-input', 'ask nothing');
  addFieldOptions(command)
    .addHelpText(
      'after',
      examples(
        'demarche record',
        'demarche record cod-quotas --declare --type DemandStated \\',
        '  --party norway --issue total-catch --stance "At most 300,000 tonnes" \\',
        '  --occurred 2026-03-01 --publisher "The Harbour Times"',
        'demarche record cod-quotas --type DevelopmentCorrected --corrects R-7 \\',
        `  --changes '{"occurred":"2026-03-02"}' --publisher "The Harbour Times"`,
        'cat developments.jsonl | demarche record cod-quotas --json -',
      ),
    )
    .action((negotiation: string | undefined, _options: unknown, command: Command) =>
      record(cli, negotiation, command.optsWithGlobals<Options>()),
    );
}

async function record(cli: Cli, argument: string | undefined, options: Options): Promise<void> {
  const { terminal, withTracker } = cli;
  const { by, declare } = options;
  const given = givenBy(argument, options);
  const asked = terminal.interactive && options.input && typeof options.json !== 'string' && !isComplete(given);
  const drafts = asked ? undefined : await draftsOf(cli, given, options);
  const recording = await withTracker(options, 'record', async (tracker) => {
    if (drafts === undefined) {
      const { recordByAsking } = await import('../recording/dialogue.ts');
      const { terminalAsk } = await import('../recording/prompts.ts');
      return recordByAsking(terminalAsk(), tracker, given, { now: cli.now(), by });
    }
    const negotiation = drafts.find((draft) => typeof draft.negotiation === 'string')?.negotiation;
    const whole =
      declare && negotiation !== undefined ? await withDeclarations(tracker, String(negotiation), drafts) : drafts;
    const notes = await duplicateNotes(tracker, drafts);
    const done = await recordDrafts(tracker, whole, by).catch(async (error: unknown) => {
      throw declare ? error : await withHints(error, tracker);
    });
    const declared = declaredWords(drafts, whole);
    if (declared.length > 0) terminal.note(paragraph(`declared ${declared.join(', ')}`, { width: terminal.width }));
    if (done.developments.some(({ added }) => added)) terminal.note(notes(terminal.width));
    // A batch comes from a file or a program, which does not read notes.
    if (drafts.length === 1)
      for (const change of await changesBy(tracker, String(drafts[0]?.negotiation), done))
        terminal.note(paragraph(change, { width: terminal.width, style: 'faint' }));
    return done;
  });
  if (options.json) terminal.json(recording);
  else terminal.print(recordingLines(recording, terminal.width));
}

/** What the command line says of the development. */
function givenBy(argument: string | undefined, options: Options): Draft {
  const { negotiation = argument, type } = options;
  if (argument !== undefined && negotiation !== argument)
    throw new UsageError(`the negotiation is named twice: ${argument} and ${negotiation}`);
  return {
    ...(negotiation === undefined ? {} : { negotiation }),
    ...(type === undefined ? {} : { type }),
    ...draftOf(options),
  };
}

/** Developments from JSON, each completed by what the options say; or the one the options make. */
async function draftsOf({ stdin, terminal }: Cli, given: Draft, { json }: Options): Promise<readonly Draft[]> {
  const fields = Object.keys(given).filter((name) => name !== 'negotiation');
  const piped = json === '-' || (typeof json !== 'string' && fields.length === 0 && !terminal.interactive);
  if (typeof json !== 'string' && !piped) return [given];
  const drafts = readDrafts(typeof json === 'string' && json !== '-' ? json : await readText(stdin));
  if (drafts.length === 0)
    throw new UsageError(
      'there is nothing to record: give fields as options, JSON on standard input, or run it in a terminal',
    );
  checkNegotiation(drafts, given);
  return drafts.map((draft) => completed(draft, given));
}

/** No development is recorded in another negotiation than it says. */
function checkNegotiation(drafts: readonly Draft[], { negotiation }: Draft): void {
  if (negotiation === undefined) return;
  const faults = drafts.flatMap(({ negotiation: said = negotiation }, index): readonly Fault[] => {
    const message = `the command line says ${String(negotiation)}; leave one of the two out`;
    return said === negotiation ? [] : [{ field: 'negotiation', value: said, message, index }];
  });
  if (faults.length > 0) throw new DemarcheError('DEVELOPMENT_INVALID', 'nothing was recorded', { faults });
}

/** What options say goes over what the JSON says, field by field; of a report and a speaker, part by part. */
const completed = (draft: Draft, given: Draft): Draft => ({
  ...draft,
  ...Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const before = draft[name];
      return [name, isParts(before) && isParts(value) && PARTED.has(name) ? { ...before, ...value } : value];
    }),
  ),
});

const PARTED = new Set(['source', 'speaker']);
const isParts = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
