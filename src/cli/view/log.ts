/** The log on screen: one development after the other, with what became of each. */

import { edtfWords } from '../../../events/edtf-words.ts';
import type { Entry } from '../../../events/index.ts';
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
      return entry ? entryLines(entry, shown) : remarkLines(recorded, shown);
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

/** One development of the world: when, what, whose; then its headline, its source, and what corrected or removed it. */
export function entryLines(entry: ChronicleEntry, { names, timeZone, width, lead }: Shown): readonly Line[] {
  const {
    id,
    type,
    status,
    parties,
    issue,
    attribution,
    statedBy,
    source,
    corroboratedBy,
    corrections,
    first,
    removedBy,
  } = entry;
  const about = joined([names.parties(parties), issue && names.issue(issue)]);
  return [
    ...paragraph(joined([edtfWords(entry.occurred), typeWords(type), about, status === 'stands' ? null : status, id]), {
      width,
      lead,
      style: 'strong',
    }),
    ...paragraph(entry.headline, { width, indent: 2 }),
    ...(first === null
      ? []
      : paragraph(`${first.headline} (${edtfWords(first.occurred)})`, { width, indent: 2, lead: 'first recorded: ' })),
    ...corrections.flatMap((correction) =>
      paragraph(
        joined([
          `${correction.id}, ${recordedWords(correction.recorded, timeZone)}`,
          Object.keys(correction.changes).join(', '),
          correction.source && sourceWords(correction.source),
        ]),
        { width, indent: 2, lead: 'corrected by ' },
      ),
    ),
    ...(removedBy === null
      ? []
      : paragraph(joined([`${removedBy.id}, ${recordedWords(removedBy.recorded, timeZone)}`, removedBy.reason]), {
          width,
          indent: 2,
          lead: `${status} by `,
        })),
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

/** One event about the record: a correction, a retraction, a further report, two that are the same. */
function remarkLines({ development, recorded, recorder }: Entry, { timeZone, width, lead }: Shown): readonly Line[] {
  const { id, type, source, note } = development;
  return [
    ...paragraph(joined([typeWords(type), id]), { width, lead, style: 'strong' }),
    ...paragraph(headline(development), { width, indent: 2 }),
    ...(note === undefined ? [] : paragraph(note, { width, indent: 2, lead: 'note: ' })),
    ...(source ? paragraph(sourceWords(source), { width, indent: 2 }) : []),
    ...recordedLines(new Date(recorded).toISOString(), recorder, { timeZone, width }),
  ];
}
