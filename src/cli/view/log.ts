/** The log on screen: one development after the other, with what became of each. */

import { edtfWords } from '../../../events/edtf-words.ts';
import { type Entry, groupOf } from '../../../events/index.ts';
import { type ChronicleEntry, headline, type State } from '../../../projections/index.ts';
import type { Excerpt } from '../../tracker/index.ts';
import { momentDay } from '../text/dates.ts';
import { blocks, counted, joined, type Line, paragraph } from '../text/lines.ts';
import { gatesLines } from './header.ts';
import { sourceWords } from './history.ts';
import { knownWords, type Names, namesOf, titleWords, typeWords } from './words.ts';

/** The developments as they were recorded, in the order of the log. What is about the record is one of them. */
export function logView(state: State, { entries, chronicle }: Excerpt, width: number): readonly Line[] {
  const known = new Map(chronicle.map((entry) => [entry.id, entry]));
  const names = namesOf(state);
  const { timeZone } = state.gates;
  return blocks(
    paragraph(`Log of ${titleWords(state)}: ${counted(Number(state.revision) + 1, 'development')}`, {
      width,
      style: 'strong',
    }),
    ...entries.map((recorded) => {
      const entry = known.get(recorded.development.id);
      const shown = { names, timeZone, width, lead: `${recorded.revision}  ` };
      return entry && !isAboutRecord(entry) ? entryLines(entry, shown) : remarkLines(recorded, entry, shown);
    }),
  );
}

/** The developments of the world in the order in which they count, as far as the gates let them through. */
export const chronicleView = (state: State, chronicle: readonly ChronicleEntry[], width: number): readonly Line[] =>
  blocks(
    [
      ...paragraph(`${titleWords(state)}: ${counted(chronicle.length, 'development')}, as they count`, {
        width,
        style: 'strong',
      }),
      ...gatesLines(state, { width }),
    ],
    ...chronicle.map((entry) =>
      entryLines(entry, { names: namesOf(state), timeZone: state.gates.timeZone, width, lead: '' }),
    ),
  );

interface Shown {
  readonly names: Names;
  readonly timeZone: string;
  readonly width: number;
  readonly lead: string;
}

/** A denial is of the world: on some day, somebody denied it. */
const isAboutRecord = ({ type }: ChronicleEntry): boolean => groupOf(type) === 'record' && type !== 'DevelopmentDenied';

/** One development of the world: when, what, whose; then its headline, its source, and what corrected, denied or removed it. */
export function entryLines(entry: ChronicleEntry, shown: Shown): readonly Line[] {
  const { names, timeZone, width, lead } = shown;
  const { id, type, status, parties, issue, attribution, statedBy, source, corroboratedBy } = entry;
  const about = joined([names.parties(parties), issue && names.issue(issue)]);
  return [
    ...paragraph(joined([edtfWords(entry.occurred), typeWords(type), about, status === 'stands' ? null : status, id]), {
      width,
      lead,
      style: 'strong',
    }),
    ...paragraph(entry.headline, { width, indent: 2 }),
    ...fateLines(entry, shown),
    ...(source
      ? paragraph(joined([attribution && knownWords({ attribution, statedBy }, names), sourceWords(source)]), {
          width,
          indent: 2,
        })
      : []),
    ...corroboratedBy.flatMap((one) => paragraph(sourceWords(one), { width, indent: 2, lead: 'also: ' })),
    ...recordedLines(entry.recorded, entry.recorder, { timeZone, width }),
  ];
}

/** What was said of it since: how it read at first, what corrected it, who denied it, what removed it. */
function fateLines(
  { first, corrections, denials, removedBy, status }: ChronicleEntry,
  { names, timeZone, width }: Shown,
): readonly Line[] {
  const saidLines = (lead: string, { id, recorded }: Said, words: readonly (string | null)[]) =>
    paragraph(joined([`${id}, ${recordedWords(recorded, timeZone)}`, ...words]), { width, indent: 2, lead });
  const firstWords = first && joined([first.headline, first.occurred && `(${edtfWords(first.occurred)})`], ' ');
  return [
    ...(firstWords === null ? [] : paragraph(firstWords, { width, indent: 2, lead: 'first recorded: ' })),
    ...corrections.flatMap((one) =>
      saidLines('corrected by ', one, [Object.keys(one.changes).join(', '), one.source && sourceWords(one.source)]),
    ),
    ...denials.flatMap((one) => saidLines('denied by ', one, [names.party(one.party), one.stance])),
    ...(removedBy === null
      ? []
      : saidLines(`${status}${removedBy.into === null ? '' : ` into ${removedBy.into}`} by `, removedBy, [
          removedBy.reason,
        ])),
  ];
}

type Said = Pick<NonNullable<ChronicleEntry['removedBy']>, 'id' | 'recorded'>;

const recordedLines = (
  recorded: string,
  recorder: string | null,
  { timeZone, width }: Pick<Shown, 'timeZone' | 'width'>,
): readonly Line[] =>
  paragraph(joined([recordedWords(recorded, timeZone), recorder === null ? null : `by ${recorder}`], ' '), {
    width,
    indent: 2,
    style: 'faint',
  });

const recordedWords = (recorded: string, timeZone: string): string => `recorded ${momentDay(recorded, timeZone)}`;

/**
 * One event about the record: a correction, a retraction, a further report, two that are the same; and what became of it.
 * @param entry absent for what no gate lets through yet
 */
function remarkLines(
  { development, recorded, recorder }: Entry,
  entry: ChronicleEntry | undefined,
  shown: Shown,
): readonly Line[] {
  const { timeZone, width, lead } = shown;
  const { id, type, note } = development;
  const status = entry && entry.status !== 'stands' ? entry.status : null;
  const source = entry ? entry.source : development.source;
  return [
    ...paragraph(joined([typeWords(type), status, id]), { width, lead, style: 'strong' }),
    ...paragraph(entry?.headline ?? headline(development), { width, indent: 2 }),
    ...(entry ? fateLines(entry, shown) : []),
    ...(note === undefined ? [] : paragraph(note, { width, indent: 2, lead: 'note: ' })),
    ...(source ? paragraph(sourceWords(source), { width, indent: 2 }) : []),
    ...recordedLines(new Date(recorded).toISOString(), recorder, { timeZone, width }),
  ];
}
