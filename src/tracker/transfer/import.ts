/** A file into the log: all of it or nothing, in the memory of a page. */
import { type Development, type ErrorCode, type Fault, isDemarcheError } from '../../../events/index.ts';
import { pagesOf } from '../log/turns.ts';
import type { Batch } from '../recording/batch.ts';
import { type FaultList, faultList } from './faults.ts';
import { type Passes, passesOver } from './passes.ts';
import { type Reading, reading } from './read.ts';
import { publisherOf } from './source-file.ts';
import type { ImportItem, ImportOptions, ImportProgress, ImportReport, ImportTarget, Input } from './types.ts';

/** Decided on at a time. */
const PAGE = 500;
/** How often a file is read again because somebody else recorded in its negotiation meanwhile. */
const ATTEMPTS = 5;

/**
 * Reads a file and records its developments in one step: all of them or, where anything is wrong, none. What is on record already
 * adds nothing, so importing a file again is safe. Its memory is that of a page and of the names it uses, whatever its size; what is
 * accepted lies in a temporary file until the end.
 * @param input bytes, or what gives them anew each time: those can be read again where somebody else records in the negotiation meanwhile
 * @throws DemarcheError `IMPORT_INVALID`: each of the first 20 faults with its line, column, value and what would be right, also for what
 *   the log refuses; `REQUEST_INVALID`: an option that is wrong whatever the file holds; and what the store throws
 */
export async function importInto(tracker: ImportTarget, input: Input, options: ImportOptions): Promise<ImportReport> {
  const passes = passesOver(input, options.declare === true);
  try {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await importOnce(tracker, passes, options);
      } catch (error) {
        const moved = isDemarcheError(error) && error.code === 'WRONG_EXPECTED_REVISION';
        if (!moved || !passes.again || attempt === ATTEMPTS) throw error;
      }
  } finally {
    await passes.close();
  }
}

async function importOnce(tracker: ImportTarget, passes: Passes, options: ImportOptions): Promise<ImportReport> {
  const { dryRun = false, by, onProgress, ...reads } = options;
  let progress: ImportProgress = { phase: 'reading', bytes: 0, developments: 0 };
  const tell = (next: Partial<ImportProgress>): void => {
    progress = { ...progress, ...next };
    onProgress?.(progress);
  };
  let opened: Promise<Opened> | undefined;
  const open = (negotiation: string): Promise<Opened> => {
    opened ??= openOn(tracker, negotiation, by);
    return opened;
  };
  const onRecord = async (negotiation: string) => (await open(negotiation)).setUp();
  const file = reading(passes, { ...reads, onRecord, onProgress: tell });
  try {
    const { negotiation, batch, counted } = await decideAll(file, open, options);
    tell({ phase: dryRun ? 'checking' : 'recording', developments: counted.read });
    const position = dryRun ? null : await batch.commit();
    tell({ phase: 'done' });
    const { read, added, declared } = counted;
    return { negotiation, dryRun, read, added, known: read - added, declared, position };
  } finally {
    (await opened?.catch(() => undefined))?.batch.close();
  }
}

interface Opened {
  readonly batch: Batch;
  /** asked for by several, read once */
  setUp(): Promise<readonly Development[]>;
}

async function openOn(tracker: ImportTarget, negotiation: string, by: string | undefined): Promise<Opened> {
  const batch = await tracker.batch(negotiation, { by });
  let setUp: ReturnType<Batch['setUp']> | undefined;
  return {
    batch,
    setUp() {
      setUp ??= batch.setUp();
      return setUp;
    },
  };
}

/** @throws DemarcheError `IMPORT_INVALID` where any row cannot be read, or else where any is refused */
async function decideAll(file: Reading, open: (negotiation: string) => Promise<Opened>, options: ImportOptions) {
  const counted = { read: 0, added: 0, declared: 0 };
  let found: { readonly negotiation: string; readonly batch: Batch; readonly refused: FaultList } | undefined;
  for await (const page of pagesOf(file.items, PAGE)) {
    const [first] = page;
    if (!first) continue;
    const { negotiation } = first.development;
    if (!found) {
      const { batch } = await open(negotiation);
      found = {
        negotiation,
        batch,
        refused: faultList(publisherOf(options.fileName), (faults) => told(faults, batch, options)),
      };
    }
    const { batch, refused } = found;
    // Where a row cannot be read, the others are only read to tell all that is wrong with them.
    if (file.faults() > 0) continue;
    const decisions = await batch.decide(page.map(({ development }) => development));
    for (const [index, item] of page.entries()) {
      const decision = decisions[index];
      if (decision?.kind === 'refuse') for (const fault of decision.faults) refused.add(placed(file, item, fault));
      if (item.declares === null) counted.read += 1;
      if (decision?.kind === 'record') counted[item.declares === null ? 'added' : 'declared'] += 1;
    }
  }
  if (!found) throw new TypeError('a file without rows was read to its end');
  found.refused.throwIfAny();
  return { ...found, counted };
}

/** What `declare` would have put right. */
const UNDECLARED: ReadonlySet<ErrorCode> = new Set(['NEGOTIATION_NOT_OPEN', 'PARTY_UNKNOWN', 'ISSUE_UNKNOWN']);

/** The error is that of the whole file; each fault keeps the code of its own refusal. */
const placed = (file: Reading, item: ImportItem, fault: Fault): Fault =>
  file.locate(item, { ...fault, code: fault.code ?? 'DEVELOPMENT_INVALID' });

const told = (faults: readonly Fault[], batch: Batch, { declare }: ImportOptions): readonly Fault[] =>
  batch
    .withSuggestions(faults)
    .map((fault) =>
      !declare && fault.code !== undefined && UNDECLARED.has(fault.code)
        ? { ...fault, message: `${fault.message}; or import with --declare` }
        : fault,
    );
