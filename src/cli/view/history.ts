/** The history of a cell on screen: how a stance evolved, each step with who said it, where it was reported, and what became of it. */

import { edtfWords } from '../../../events/edtf-words.ts';
import type { Source } from '../../../events/index.ts';
import { type HistoryEntry, NO_POSITION, type State } from '../../../projections/index.ts';
import { blocks, joined, type Line, listing, paragraph } from '../text/lines.ts';
import { gatesLines } from './header.ts';
import {
  besideWords,
  clockWords,
  knownWords,
  type Names,
  NO_WORDS,
  namesOf,
  standardWords,
  statusWords,
  typeWords,
} from './words.ts';

/** @param state the same moment, for the names and the gates */
export function historyView(
  state: State,
  cell: { readonly party: string; readonly issue: string },
  entries: readonly HistoryEntry[],
  width: number,
): readonly Line[] {
  const names = namesOf(state);
  return blocks(
    [
      ...paragraph(`${names.party(cell.party)} on ${names.issue(cell.issue)} (${state.negotiation})`, {
        width,
        style: 'strong',
      }),
      ...gatesLines(state, { width }),
      ...paragraph(`standard ${standardWords(state.standard)}`, { width, style: 'faint' }),
    ],
    ...(entries.length === 0
      ? [paragraph(NO_POSITION, { width })]
      : entries.map((entry) => entryLines(entry, { names, timeZone: state.gates.timeZone, width }))),
  );
}

interface Shown {
  readonly names: Names;
  readonly timeZone: string;
  readonly width: number;
}

/** One step: its mark and its fate, the words, who said so, the report. */
export function entryLines(entry: HistoryEntry, { names, timeZone, width }: Shown): readonly Line[] {
  const { effect, shift, status, occurred, id, point, attribution, statedBy, speaker, source } = entry;
  const { corroboratedBy, reason } = entry;
  // A point that is named after what set it says no more than the id.
  const label = point === null || point === 'main' || point === id ? null : `point ${point}`;
  const mark = `${effect}${shift === null ? '' : ` (${shift})`}`;
  const who = speaker ? joined([speaker.name, speaker.office], ', ') : null;
  return [
    ...paragraph(joined([occurred && edtfWords(occurred), mark, statusWords(status)]), { width, style: 'strong' }),
    ...(reason === null ? wordsOf(entry, names, width) : paragraph(reason, { width, indent: 2, lead: 'why: ' })),
    ...listing([who, attribution && knownWords({ attribution, statedBy }, names), kindWords(entry), label, id], {
      width,
      indent: 2,
    }),
    ...(source ? paragraph(sourceWords(source), { width, indent: 2, lead: 'source: ' }) : []),
    ...corroboratedBy.flatMap((one) => paragraph(sourceWords(one), { width, indent: 2, lead: 'also: ' })),
    ...paragraph(clockWords(entry, timeZone), { width, indent: 2, style: 'faint' }),
  ];
}

/** "demand stated"; of what is about the record, of what it speaks: "corrects R-41". */
const kindWords = ({ type, speaksOf }: HistoryEntry): string =>
  speaksOf === null ? typeWords(type) : `${type === 'DevelopmentRetracted' ? 'retracts' : 'corrects'} ${speaksOf}`;

function wordsOf(entry: HistoryEntry, names: Names, width: number): readonly Line[] {
  const { stance, status, effect, denies } = entry;
  if (effect === 'beside' || denies !== null) return paragraph(besideWords(entry, names), { width, indent: 2 });
  if (stance !== null) return paragraph(stance, { width, indent: 2 });
  // Of the others, the kind of the step says all there is: a reiteration, a withdrawal, or what was said of them.
  const said = (effect === 'new' || effect === 'changed') && status !== 'corrected' && status !== 'retracted';
  return said ? paragraph(NO_WORDS, { width, indent: 2 }) : [];
}

/** Publisher, title, date of publication and address, and what grades were given. */
export function sourceWords(source: Source): string {
  const { publisher, title, published, url, archiveUrl, reliability, credibility } = source;
  const graded = reliability !== 'F' || credibility !== 6;
  return joined(
    [
      publisher,
      title && `“${title}”`,
      published && edtfWords(published),
      graded && `graded ${reliability}${credibility}`,
      url,
      archiveUrl && `archived ${archiveUrl}`,
    ],
    ', ',
  );
}
