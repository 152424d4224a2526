/** Which moments an answer means, said before it. */
import type { State } from '../../../projections/index.ts';
import { gateWords } from '../text/dates.ts';
import { type Line, listing, type Paragraph, paragraph } from '../text/lines.ts';
import { standardWords, titleWords } from './words.ts';

type Asked = Pick<State, 'asOf' | 'knownOn' | 'recordedBy' | 'standard' | 'gates'>;

/** "as of 26 February 2026, end of day UTC · in hindsight". */
export const gatesLines = (asked: Asked, place: Paragraph): readonly Line[] =>
  listing([`as of ${gateWords(asked.asOf, asked.gates.asOf, asked.gates.timeZone)}`, ...otherGates(asked)], place);

/** The gates beside `asOf`: "as then known", "as recorded by 27 February 2026, end of day UTC". */
function otherGates({ knownOn, recordedBy, gates }: Asked): readonly string[] {
  const { timeZone } = gates;
  const known =
    knownOn === null || gates.knownOn === null
      ? 'in hindsight'
      : gates.knownOn === gates.asOf
        ? 'as then known'
        : `as known on ${gateWords(knownOn, gates.knownOn, timeZone)}`;
  const recorded =
    recordedBy === null || gates.recordedBy === null
      ? null
      : `as recorded by ${gateWords(recordedBy, gates.recordedBy, timeZone)}`;
  return recorded === null ? [known] : [known, recorded];
}

/** What was recorded by then may be nothing, and no event has the revision that stands for it. */
const revisionWords = ({ revision }: State): string =>
  Number(revision) < 0 ? 'nothing was recorded by then' : `revision ${revision}`;

/** Title, gates, standard and revision of a state. */
export const stateHeader = (state: State, width: number): readonly Line[] => [
  ...paragraph(titleWords(state), { width, style: 'strong' }),
  ...gatesLines(state, { width }),
  ...listing([`standard ${standardWords(state.standard)}`, revisionWords(state)], { width, style: 'faint' }),
];
