/** Recording in a dialogue: the questions, a look at what may be the same, a last yes; and again where something was refused. */

import { edtfWords } from '../../../events/edtf-words.ts';
import { isDemarcheError } from '../../../events/index.ts';
import type { Recording, Tracker } from '../../tracker/index.ts';
import { faultWords, Interrupted } from '../errors.ts';
import { joined } from '../text/lines.ts';
import { attributionWords, typeWords } from '../view/words.ts';
import type { Ask } from './ask.ts';
import { likelyDuplicates } from './duplicates.ts';
import type { Draft } from './field-options.ts';
import { catalogueFields } from './fields.ts';
import { type Interview, interview, withoutFields } from './interview.ts';
import { labelOf } from './questions.ts';
import { changesBy, duplicateWords, recordDrafts } from './recording.ts';

export interface DialogueOptions {
  /** milliseconds since 1970 */
  readonly now: number;
  readonly by?: string | undefined;
}

/** @throws Interrupted when the person stops, and nothing was written */
export async function recordByAsking(
  ask: Ask,
  tracker: Pick<
    Tracker,
    'record' | 'check' | 'state' | 'developments' | 'negotiations' | 'newestChanges' | 'proceedings'
  >,
  given: Draft,
  { now, by }: DialogueOptions,
): Promise<Recording> {
  ask.begin('Record a development (Ctrl-C stops, and records nothing)');
  let draft = given;
  let declarations: readonly Draft[] = [];
  for (;;) {
    const asked = await interview(ask, tracker, draft, now, declarations);
    const drafts = [...asked.declarations, ...(await settled(ask, asked))];
    try {
      await tracker.check(drafts);
    } catch (error) {
      if (!isDemarcheError(error) || error.faults.length === 0) throw error;
      const own = error.faults.filter(({ index }) => index === undefined || index === drafts.length - 1);
      // What was declared is wrong: asking again for the development would not help.
      if (own.length === 0) throw error;
      ask.tell(own.map((fault) => faultWords(fault)).join('\n'), 'This cannot be recorded');
      draft = withoutFields(
        asked.draft,
        own.map(({ field }) => field),
      );
      declarations = asked.declarations;
      continue;
    }
    ask.tell(drafts.map(summaryOf).join('\n\n'), 'To be recorded');
    if (!(await ask.confirm('Record this?', true))) throw new Interrupted('stopped');
    const recording = await recordDrafts(tracker, drafts, by);
    const changes = await changesBy(tracker, String(asked.draft.negotiation), recording);
    if (changes.length > 0) ask.tell(changes.join('\n'), 'Changed');
    ask.end('Recorded.');
    return recording;
  }
}

const SAME = { report: 'corroborate', other: 'other', stop: 'stop' } as const;

/** What may be on record already is pointed out: it can become a further report of that, instead of a second development. */
async function settled(ask: Ask, { draft, known: { developments, timeZone } }: Interview): Promise<readonly Draft[]> {
  const found = likelyDuplicates(draft, developments, timeZone);
  const [first] = found;
  if (!first) return [draft];
  ask.tell(found.map(duplicateWords).join('\n'), 'This may be on record already');
  const picked = await ask.pick({
    message: 'Is it the same?',
    choices: [
      { value: SAME.other, label: 'no, record it as another development' },
      { value: SAME.report, label: `yes, it is a further report of ${first.id}: record the source as that` },
      { value: SAME.stop, label: 'yes, record nothing' },
    ],
  });
  if ('known' in picked && picked.known === SAME.stop) throw new Interrupted('stopped');
  if ('known' in picked && picked.known === SAME.report && draft.source !== undefined)
    return [
      {
        negotiation: draft.negotiation,
        type: 'DevelopmentCorroborated',
        corroborates: first.id,
        source: draft.source,
      },
    ];
  return [draft];
}

/** A draft as its person should see it before saying yes. */
function summaryOf(draft: Draft): string {
  const { type, occurred, attribution } = draft;
  const shown = new Map<string, string>();
  for (const { path } of catalogueFields()) {
    const name = path.split('.')[0] ?? path;
    const value = draft[name];
    if (value !== undefined && !SHOWN_FIRST.has(name)) shown.set(labelOf(name), wordsOf(value));
  }
  return [
    joined([
      typeWords(type as Parameters<typeof typeWords>[0]),
      typeof occurred === 'string' && edtfWords(occurred),
      typeof attribution === 'string' && attributionWords(attribution as Parameters<typeof attributionWords>[0]),
    ]),
    ...[...shown].map(([label, words]) => `${label}: ${words}`),
  ].join('\n');
}

const SHOWN_FIRST = new Set(['type', 'occurred', 'attribution']);

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join(', ');
  if (value !== null && typeof value === 'object') return Object.values(value).map(wordsOf).join(', ');
  return String(value);
}
