/** A file into the log: all of it or nothing. */
import { type Development, type ErrorCode, isDemarcheError } from '../../../events/index.ts';
import { faultList } from './faults.ts';
import { readImport } from './read.ts';
import { publisherOf } from './source-file.ts';
import type {
  Bytes,
  ImportFile,
  ImportItem,
  ImportOptions,
  ImportProgress,
  ImportReport,
  ImportTarget,
} from './types.ts';

/**
 * Reads a file and records its developments in one step: all of them or, where anything is wrong, none. What is on record already
 * adds nothing, so importing a file again is safe.
 * @throws DemarcheError as `readImport`; `IMPORT_INVALID` also for what the log refuses; and what the store throws
 */
export async function importInto(tracker: ImportTarget, input: Bytes, options: ImportOptions): Promise<ImportReport> {
  const { dryRun = false, by, onProgress, ...reading } = options;
  let progress: ImportProgress = { phase: 'reading', bytes: 0, developments: 0 };
  const tell = (next: Partial<ImportProgress>): void => {
    progress = { ...progress, ...next };
    onProgress?.(progress);
  };
  const file = await readImport(input, { ...reading, onRecord: (name) => onRecord(tracker, name), onProgress: tell });
  tell({ phase: dryRun ? 'checking' : 'recording', developments: rowsIn(file) });
  const developments = file.items.map(({ development }) => development);
  const answer = await (dryRun
    ? tracker.check(developments).then((checked) => ({ ...checked, position: null }))
    : tracker.record(developments, by === undefined ? {} : { by })
  ).catch((error: unknown) => {
    throw inTheFile(error, file, options);
  });
  tell({ phase: 'done' });
  return {
    negotiation: file.negotiation,
    dryRun,
    ...count(file.items, answer.developments),
    position: answer.position,
  };
}

const rowsIn = ({ items }: ImportFile): number => items.filter(({ declares }) => declares === null).length;

async function onRecord(tracker: ImportTarget, negotiation: string): Promise<readonly Development[]> {
  try {
    return await tracker.developments(negotiation);
  } catch (error) {
    if (isDemarcheError(error) && error.code === 'NEGOTIATION_UNKNOWN') return [];
    throw error;
  }
}

/** Rows that say the same are one development: it is added once, and known from then on. */
function count(items: readonly ImportItem[], answers: readonly { readonly id: string; readonly added: boolean }[]) {
  const seen = new Set<string>();
  let [read, added, declared] = [0, 0, 0];
  for (const [index, { declares }] of items.entries()) {
    const answer = answers[index];
    const isNew = answer?.added === true && !seen.has(answer.id);
    if (answer) seen.add(answer.id);
    if (declares === null) read += 1;
    if (isNew && declares === null) added += 1;
    if (isNew && declares !== null) declared += 1;
  }
  return { read, added, known: read - added, declared };
}

/** What a tracker refuses in developments, as against what a store cannot do. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set([
  'DEVELOPMENT_INVALID',
  'NEGOTIATION_NOT_OPEN',
  'PARTY_UNKNOWN',
  'ISSUE_UNKNOWN',
  'DEVELOPMENT_UNKNOWN',
  'DATE_IN_FUTURE',
  'OFF_RECORD',
  'ID_CONFLICT',
]);

/** What `declare` would have put right. */
const UNDECLARED: ReadonlySet<ErrorCode> = new Set(['NEGOTIATION_NOT_OPEN', 'PARTY_UNKNOWN', 'ISSUE_UNKNOWN']);

/** The refusal of a tracker with each fault in its place in the file. */
function inTheFile(error: unknown, file: ImportFile, { fileName, declare }: ImportOptions): unknown {
  if (!isDemarcheError(error) || !REFUSALS.has(error.code)) return error;
  const faults = faultList(publisherOf(fileName));
  for (const fault of error.faults) {
    const item = file.items[fault.index ?? 0];
    // The error is that of the whole file; each fault keeps the code of its own refusal.
    const { code = error.code } = fault;
    const message = UNDECLARED.has(code) && !declare ? `${fault.message}; or import with --declare` : fault.message;
    faults.add(item ? file.locate(item, { ...fault, code, message }) : fault);
  }
  return faults.error();
}
