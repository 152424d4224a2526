/**
 * The questions that make a development, one after the other: whatever the draft does not say yet. Nothing is written before the last
 * answer, so that stopping anywhere leaves everything as it was.
 */

import { dayWords } from '../../../events/edtf-words.ts';
import { DEVELOPMENT_TYPES, type DevelopmentType } from '../../../events/index.ts';
import type { Tracker } from '../../tracker/index.ts';
import { typeWords } from '../view/words.ts';
import type { Ask } from './ask.ts';
import { type Draft, setAt, valueAt } from './field-options.ts';
import { type Field, fieldsOf } from './fields.ts';
import { type Known, knownOf } from './known.ts';
import { askNegotiation, askOpening, declaringInto, namesWith } from './naming.ts';
import { type Asking, askField, askType, labelOf } from './questions.ts';
import { askSource, askWhose } from './source-questions.ts';

export interface Interview {
  /** what was declared on the way, to be recorded before it and together with it */
  readonly declarations: readonly Draft[];
  readonly draft: Draft;
  readonly known: Known;
}

/** Asks for whatever is missing. @param earlier an interview to go on with */
export async function interview(
  ask: Ask,
  tracker: Pick<Tracker, 'state' | 'developments' | 'negotiations'>,
  given: Draft,
  now: number,
  earlier: readonly Draft[] = [],
): Promise<Interview> {
  const declarations: Draft[] = [...earlier];
  const draft: Record<string, unknown> = { ...given };
  draft.negotiation ??= await askNegotiation(ask, tracker, declarations);
  const negotiation = String(draft.negotiation);
  const known = await knownOf(tracker, negotiation);
  if (known.state === null && declarations.length === 0) await askOpening(ask, negotiation, declarations);
  draft.type ??= await askType({ ask });
  const type = DEVELOPMENT_TYPES.find((one) => one === draft.type);
  // A type that does not exist is for the catalogue to refuse.
  if (type === undefined) return { declarations, draft, known };
  const names = namesWith(known, declarations);
  const declaring = declaringInto(ask, negotiation, { ...names, declarations });
  const asking: Asking = { ask, known: { ...known, ...names }, now, declaring };
  await askRequired(asking, type, draft);
  await askAttributed(asking, type, draft);
  await askMore(asking, type, draft);
  return { declarations, draft, known };
}

/** What the type cannot do without, in the order in which a report tells it: when, where reported, whose, on what, what. */
async function askRequired(asking: Asking, type: DevelopmentType, draft: Record<string, unknown>): Promise<void> {
  const fields = fieldsOf(type);
  const required = fields.filter(({ requiredBy }) => requiredBy.includes(type));
  const occurred = required.find(({ path }) => path === 'occurred');
  if (occurred && draft.occurred === undefined) draft.occurred = await askField(asking, occurred, false);
  if (required.some(({ path }) => path === 'source.publisher') && valueAt(draft, 'source.publisher') === undefined) {
    const source = await askSource(asking, typeof draft.occurred === 'string' ? draft.occurred : undefined);
    draft.source = { ...source, ...(draft.source as object | undefined) };
  }
  if (isSomebodys(fields, type) && draft.party === undefined && draft.parties === undefined)
    Object.assign(draft, await askWhose(asking));
  for (const field of required) {
    if (valueAt(draft, field.path) !== undefined) continue;
    if (field.path === 'stance') tellWhatIsHeld(asking, draft);
    setAt(draft, field.path, await askField(asking, field, false));
  }
}

/** One party's, or several parties' together: neither field is required alone. */
const isSomebodys = (fields: readonly Field[], type: DevelopmentType): boolean =>
  ['party', 'parties'].every((name) =>
    fields.some(({ path, requiredBy }) => path === name && !requiredBy.includes(type)),
  );

function tellWhatIsHeld({ ask, known }: Asking, { party, issue }: Draft): void {
  const position = known.state?.positions.find((one) => one.party === party && one.issue === issue);
  if (!position || position.points.length === 0) return;
  const words = position.points.map(
    ({ point, stance, since }) => `${point === 'main' ? '' : `${point}: `}${stance ?? '…'} (since ${dayWords(since)})`,
  );
  ask.tell(words.join('\n'), 'On record so far');
}

/** How it is known, and by whom, where a word can set a position. */
async function askAttributed(asking: Asking, type: DevelopmentType, draft: Record<string, unknown>): Promise<void> {
  const fields = fieldsOf(type);
  const find = (path: string) => fields.find((field) => field.path === path);
  const [attribution, stance, speaker, statedBy] = [
    find('attribution'),
    find('stance'),
    find('speaker.name'),
    find('statedBy'),
  ];
  if (!attribution || !stance || draft.attribution !== undefined) return;
  draft.attribution = await askField(asking, attribution, false);
  if (draft.attribution === 'counterpart' && statedBy && draft.statedBy === undefined)
    draft.statedBy = await askField(asking, statedBy, false);
  if (draft.attribution === 'on-record' && speaker && draft.speaker === undefined) {
    const name = await asking.ask.text({ message: 'Who said it? (empty: an official paper)', optional: true });
    if (name !== '') draft.speaker = { name };
  }
}

/** Whatever else there is to say. */
async function askMore(asking: Asking, type: DevelopmentType, draft: Record<string, unknown>): Promise<void> {
  // What few types have says most.
  const open = fieldsOf(type)
    .filter(({ path }) => valueAt(draft, path) === undefined && isOffered(path, draft))
    .sort((a, b) => a.types.length - b.types.length || Number(a.path === 'id') - Number(b.path === 'id'));
  if (open.length === 0) return;
  const chosen = await asking.ask.several({
    message: `Anything more about this ${typeWords(type)}? (Enter: no)`,
    choices: open.map(({ path }) => ({ value: path, label: labelOf(path) })),
    atLeast: 0,
  });
  for (const field of open.filter(({ path }) => chosen.includes(path))) {
    const value = await askField(asking, field, true);
    if (value !== undefined) setAt(draft, field.path, value);
  }
}

/** A report from before is taken as it was; one party excludes several. */
function isOffered(path: string, draft: Draft): boolean {
  if (path === 'party' || path === 'parties') return draft.party === undefined && draft.parties === undefined;
  return path !== 'attribution' || draft.attribution === undefined;
}

/** Is everything said that its type cannot do without? */
export function isComplete(draft: Draft): boolean {
  const type = DEVELOPMENT_TYPES.find((one) => one === draft.type);
  if (type === undefined || draft.negotiation === undefined) return false;
  const fields = fieldsOf(type);
  return (
    fields.every(({ path, requiredBy }) => !requiredBy.includes(type) || valueAt(draft, path) !== undefined) &&
    (!isSomebodys(fields, type) || draft.party !== undefined || draft.parties !== undefined)
  );
}

/** A draft without the fields that were refused, so that they are asked again. */
export function withoutFields(draft: Draft, fields: readonly string[]): Draft {
  const names = new Set(fields.map((field) => field.split('.')[0] ?? field));
  return Object.fromEntries(Object.entries(draft).filter(([name]) => !names.has(name)));
}
