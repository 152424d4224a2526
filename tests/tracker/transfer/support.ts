/** What the cases of import and export share. */
import { expect } from 'vitest';
import {
  type DemarcheError,
  type Development,
  type DevelopmentInput,
  type Fault,
  isDemarcheError,
} from '../../../events/index.ts';
import {
  type Bytes,
  exportCsv,
  exportJsonl,
  type ImportItem,
  type ImportOptions,
  type ImportReport,
  importInto,
  type ReadOptions,
  type TransferFormat,
} from '../../../src/tracker/transfer/index.ts';
import { passesOver } from '../../../src/tracker/transfer/passes.ts';
import { reading } from '../../../src/tracker/transfer/read.ts';
import { logOf, openTestTracker, type TestTracker } from '../../support/tracker.ts';

export const NOW = '2026-01-01T00:00:00Z';
export const openEmpty = (): TestTracker => openTestTracker(NOW);

/** Two parties and an issue, declared. */
export const DECLARED: readonly DevelopmentInput[] = [
  { negotiation: 'strait', type: 'NegotiationOpened', title: 'The strait' },
  { negotiation: 'strait', type: 'PartyJoined', party: 'northland', name: 'Northland', role: 'principal' },
  { negotiation: 'strait', type: 'PartyJoined', party: 'southland', name: 'Southland', role: 'principal' },
  { negotiation: 'strait', type: 'IssueRaised', issue: 'fishing', title: 'Fishing' },
];

export async function openDeclared(): Promise<TestTracker> {
  const opened = openEmpty();
  await opened.tracker.record(DECLARED);
  return opened;
}

/** A demand as a line of JSON Lines; fields may be replaced, or taken away with null. */
export function demand(fields: Readonly<Record<string, unknown>> = {}): string {
  const whole = {
    negotiation: 'strait',
    type: 'DemandStated',
    occurred: '2024-03-05',
    party: 'northland',
    issue: 'fishing',
    stance: 'No foreign boats.',
    source: { publisher: 'The Gazette' },
    ...fields,
  };
  return JSON.stringify(Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== null)));
}

/** What a log holds, in its order, straight from the store. */
export const heldIn = async ({ store }: TestTracker): Promise<readonly Development[]> =>
  (await logOf(store, 'strait')).map(({ development }) => development);

export const jsonl = (...lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** The developments of a file, as far as reading goes. */
export const itemsOf = (input: Bytes, options: ReadOptions): Promise<readonly ImportItem[]> =>
  Array.fromAsync(reading(passesOver(input, false), options).items);

/** A text as the bytes of a file, cut anywhere: a cut may fall into a character, a quoted cell or a line end. */
export async function* bytes(text: string | Buffer, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  const whole = Buffer.from(text as string);
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
}

/** Imports a text; `pieces` are the bytes it arrives in at a time. */
export const importText = (
  { tracker }: TestTracker,
  text: string | Buffer,
  { pieces, ...options }: Partial<ImportOptions> & { readonly pieces?: number } = {},
): Promise<ImportReport> => importInto(tracker, bytes(text, pieces), { fileName: 'talks.jsonl', ...options });

export async function textOf(format: TransferFormat, developments: readonly Development[]): Promise<string> {
  let text = '';
  for await (const piece of (format === 'csv' ? exportCsv : exportJsonl)(developments)) text += piece;
  return text;
}

/** Imports what must be refused, and expects that nothing was written. */
export async function refusal(
  opened: TestTracker,
  text: string | Buffer,
  options: Parameters<typeof importText>[2] = {},
): Promise<DemarcheError> {
  const before = await opened.store.head();
  const error = await importText(opened, text, options).then(
    (report) => expect.fail(`it was imported: ${JSON.stringify(report)}`),
    (reason: unknown) => reason,
  );
  if (!isDemarcheError(error)) throw error;
  expect(await opened.store.head()).toBe(before);
  return error;
}

/** As `refusal`, on a log with its declarations; the faults alone, which are the same however the file arrives. */
export async function faultsOf(text: string | Buffer, options: Partial<ImportOptions> = {}): Promise<readonly Fault[]> {
  await using opened = await openDeclared();
  const { code, faults } = await refusal(opened, text, options);
  expect(code).toBe('IMPORT_INVALID');
  if (text.length < 10_000) expect((await refusal(opened, text, { ...options, pieces: 11 })).faults).toEqual(faults);
  return faults;
}
