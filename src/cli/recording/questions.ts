/** The questions for single fields, each with what completes it. */

import { edtfWords } from '../../../events/edtf-words.ts';
import {
  ATTRIBUTIONS,
  civilDay,
  DEVELOPMENT_TYPES,
  type DevelopmentType,
  fieldsNaming,
  groupOf,
  readEdtf,
} from '../../../events/index.ts';
import { headline } from '../../../projections/index.ts';
import { slugOf } from '../../tracker/index.ts';
import { joined } from '../text/lines.ts';
import { attributionWords, typeWords } from '../view/words.ts';
import type { Ask, Choice } from './ask.ts';
import { optionName, readValue } from './field-options.ts';
import type { Field } from './fields.ts';
import { type Known, valuesOf } from './known.ts';

/** What is declared while the questions go on. */
interface Declaring {
  party(typed: string): Promise<string>;
  issue(typed: string): Promise<string>;
}

export interface Asking {
  readonly ask: Ask;
  readonly known: Known;
  readonly declaring: Declaring;
  /** milliseconds since 1970 */
  readonly now: number;
}

const PARTY_FIELDS = new Set(fieldsNaming('party'));
const ISSUE_FIELDS = new Set(fieldsNaming('issue'));
const DATE_FIELDS = new Set(['occurred', 'scheduledFor', 'source.published']);
const DEVELOPMENT_FIELDS = new Set(fieldsNaming('development'));
/** Ids that come again from one development to the next. */
const RECURRING_FIELDS = new Set(['round', 'plan', 'exchange', 'agreement', 'document', 'venue', 'speaker.name']);

export async function askType({ ask }: Pick<Asking, 'ask'>): Promise<DevelopmentType> {
  const choices = [...DEVELOPMENT_TYPES]
    .sort((a, b) => Number(groupOf(b) === 'positions') - Number(groupOf(a) === 'positions'))
    .map((type) => ({ value: type, label: typeWords(type), hint: groupOf(type) }));
  const picked = await ask.pick({ message: 'What happened?', choices });
  const type = DEVELOPMENT_TYPES.find((one) => 'known' in picked && one === picked.known);
  if (type === undefined) throw new TypeError('a type that was not offered');
  return type;
}

/** Asks for one field, by what it is about and how it is written. */
export async function askField(asking: Asking, field: Field, optional: boolean): Promise<unknown> {
  const { path } = field;
  const { ask } = asking;
  if (path === 'attribution') return askAttribution(asking);
  if (path === 'occurred') return askDate(asking, 'When? (as far as the report tells)', today(asking));
  if (DATE_FIELDS.has(path)) return askDate(asking, `${labelOf(path)}?`, undefined);
  if (PARTY_FIELDS.has(path)) return askNames(asking, field, 'party');
  if (ISSUE_FIELDS.has(path)) return askNames(asking, field, 'issue');
  if (DEVELOPMENT_FIELDS.has(path)) return askDevelopment(asking, path);
  if (RECURRING_FIELDS.has(path)) return askRecurring(asking, path);
  if (field.form.kind === 'choice') return pickKnown(ask, `${labelOf(path)}?`, field.form.choices.map(plainChoice));
  const typed = await ask.text({
    message: `${labelOf(path)}?${HOW[field.form.kind] ?? ''}`,
    optional,
    check: (answer) => wrongIn(field, answer),
  });
  return typed === '' ? undefined : readValue(field, typed);
}

const HOW: Readonly<Record<string, string>> = {
  counts: ' (party=number, party=number; 300+ for at least 300)',
  json: ' (as JSON)',
};

/** "Stance", "Scheduled for". */
export function labelOf(path: string): string {
  const words = optionName(path).replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const today = ({ now, known }: Pick<Asking, 'now' | 'known'>): string => civilDay(now, known.timeZone);

export function askDate({ ask, known }: Asking, message: string, initial: string | undefined): Promise<string> {
  return ask.text({
    message,
    example: '2026-02-26, or 2026-02, ../2026-02-13 (no later than), 2025-11-21/2025-11-23',
    ...(initial === undefined ? {} : { initial }),
    check: (answer) => {
      const reading = readEdtf(answer, known.timeZone);
      return reading.ok ? undefined : reading.message;
    },
  });
}

async function askNames(
  { ask, known, declaring }: Asking,
  { path, form }: Field,
  kind: 'party' | 'issue',
): Promise<unknown> {
  const choices = kind === 'party' ? known.parties : known.issues;
  if (form.kind === 'list' && choices.length > 0)
    return ask.several({ message: `${labelOf(path)}?`, choices, atLeast: 1 });
  const picked = await ask.pick({
    message: path === kind ? `Which ${kind}?` : `${labelOf(path)}?`,
    choices,
    orNew: (typed) => `declare a new ${kind} “${typed}”`,
  });
  const name = 'known' in picked ? picked.known : await declaring[kind](picked.typed);
  return form.kind === 'list' ? [name] : name;
}

const ATTRIBUTION_HINTS: Readonly<Record<(typeof ATTRIBUTIONS)[number], string>> = {
  narrative: 'the report’s own account, no source named',
  'on-record': 'a named speaker, or an official paper',
  'unnamed-official': 'an official whose name the report leaves out',
  anonymous: 'a leak',
  counterpart: 'one party says what another holds',
};

const askAttribution = ({ ask }: Asking): Promise<string> =>
  pickKnown(
    ask,
    'How is it known?',
    [...ATTRIBUTIONS]
      .sort((a, b) => Number(b === 'narrative') - Number(a === 'narrative'))
      .map((value) => ({ value, label: `${attributionWords(value)}: ${ATTRIBUTION_HINTS[value]}` })),
  );

async function askDevelopment({ ask, known }: Asking, path: string): Promise<string> {
  const picked = await ask.pick({
    message: `${labelOf(path)} which development?`,
    choices: known.developments
      .toReversed()
      .map((one) => ({ value: one.id, label: joined([one.id, edtfWords(one.occurred ?? null), headline(one)]) })),
    orNew: (typed) => `the one with the id ${typed}`,
  });
  return 'known' in picked ? picked.known : picked.typed;
}

async function askRecurring({ ask, known }: Asking, path: string): Promise<string> {
  const named = path === 'venue' || path === 'speaker.name';
  const picked = await ask.pick({
    message: path === 'speaker.name' ? 'Who said it?' : `${labelOf(path)}?`,
    choices: valuesOf(known.developments, path).map(plainChoice),
    orNew: (typed) => (named ? `“${typed}”` : `a new ${path}: ${slugOf(typed, path)}`),
  });
  if ('known' in picked) return picked.known;
  return named ? picked.typed : slugOf(picked.typed, path);
}

async function pickKnown(ask: Ask, message: string, choices: readonly Choice[]): Promise<string> {
  const picked = await ask.pick({ message, choices });
  return 'known' in picked ? picked.known : picked.typed;
}

const plainChoice = (value: string): Choice => ({ value, label: value });

function wrongIn(field: Field, answer: string): string | undefined {
  try {
    readValue(field, answer);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
