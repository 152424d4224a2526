/** A brief in Markdown: what moved between two dates, each sentence with its source. */

import { edtfWords } from '../../../events/edtf-words.ts';
import type { ChronicleEntry, Difference, State } from '../../../projections/answers.ts';
import type { Address } from '../address.ts';
import { isolated } from '../isolated.ts';
import { readMoment, sayGate } from '../moments.ts';
import { type Names, namesOf } from '../names.ts';
import { sayView } from '../time/banner-words.ts';
import { isAboutPosition } from '../time/stops.ts';
import { sayEffect, sayKnown, sayType, webAddress } from '../words.ts';
import { type Frame, saidBy } from './frame.ts';

export interface BriefInput {
  readonly address: Address;
  readonly state: State;
  readonly chronicle: readonly ChronicleEntry[];
  readonly differences: readonly Difference[];
  readonly from: string;
  readonly frame: Frame;
}

export function briefOf({ address, state, chronicle, differences, from, frame }: BriefInput): string {
  const { timeZone, asOf } = state.gates;
  const names = namesOf(state);
  const byId = new Map(chronicle.map((entry) => [entry.id, entry]));
  const lines = [
    `# ${plain(isolated(state.title))}: what was stated, ${sayGate(from, timeZone)} to ${sayGate(state.asOf, timeZone)}`,
    '',
    `${sayView(address, timeZone)}.`,
  ];
  for (const { issue, title } of state.issues) {
    const moved = differences.filter((one) => one.issue === issue);
    if (moved.length === 0) continue;
    lines.push('', `## ${plain(title)}`);
    for (const { party, change, shift, developments } of moved) {
      lines.push('', `**${plain(names.party(party))}** (${sayEffect(change, shift)})`, '');
      for (const id of developments) {
        const entry = byId.get(id);
        const told = entry ? sentence(entry, names) : remarkSentence(id, chronicle);
        if (told !== undefined) lines.push(`- ${told}`);
      }
    }
  }
  const [start, end] = [readMoment(from, timeZone) ?? 0, Date.parse(asOf)];
  const proceedings = chronicle.filter((entry) => {
    const at = entry.effective === null ? undefined : Date.parse(entry.effective);
    return at !== undefined && at > start && at <= end && !isAboutPosition(entry) && stands(entry);
  });
  if (proceedings.length > 0)
    lines.push(
      '',
      '## Rounds, papers, outcomes and context',
      '',
      ...proceedings.map((entry) => `- ${whose(entry, names)}${sentence(entry, names)}`),
    );
  lines.push('', '---', '', plain(frame.citation), '');
  return lines.join('\n');
}

const stands = ({ status, type }: ChronicleEntry): boolean =>
  (status === 'stands' || status === 'corrected') && !type.startsWith('Development');

/** Who it was, where the headline does not say so: that of who joins begins with the name. */
const whose = ({ type, parties }: ChronicleEntry, names: Names): string =>
  type === 'PartyJoined' || parties.length === 0 ? '' : `**${plain(names.parties(parties))}** `;

function sentence(
  { headline, type, occurred, attribution, statedBy, source, id }: ChronicleEntry,
  names: Names,
): string {
  const words = plain(isolated(headline.replace(/[.\s]+$/, '')));
  const when = occurred === null ? '' : `, ${edtfWords(occurred)}`;
  const how = attribution === null ? '' : `, ${sayKnown(attribution, statedBy, names.party)}`;
  return `${words} (${sayType(type)}${when}${how}). ${source ? cited(source) : 'No source on record'} [${plain(id)}]`;
}

/** What was said about the record: which fields of what were wrong and how it reads now, or why it is off the record. */
function remarkSentence(id: string, chronicle: readonly ChronicleEntry[]): string | undefined {
  for (const entry of chronicle) {
    const { corrections, removedBy } = entry;
    const words = plain(isolated(entry.headline.replace(/[.\s]+$/, '')));
    const correction = corrections.find((one) => one.id === id);
    if (correction) {
      const fields = Object.keys(correction.changes).join(', ');
      const source = correction.source ? cited(correction.source) : 'No source on record';
      return `${words} (${plain(entry.id)}, ${fields} corrected). ${source} [${plain(id)}]`;
    }
    if (removedBy?.id !== id) continue;
    const why = removedBy.reason === null ? '' : `: ${plain(isolated(removedBy.reason.replace(/[.\s]+$/, '')))}`;
    const into = removedBy.into === null ? '' : ` into ${plain(removedBy.into)}`;
    return `${words} (${plain(entry.id)}, ${entry.status}${into}${why}) [${plain(id)}]`;
  }
  return undefined;
}

function cited(source: NonNullable<ChronicleEntry['source']>): string {
  const words = plain(saidBy(source).join(', '));
  const address = webAddress(source.url);
  return address === undefined ? `Source: ${words}.` : `Source: [${words}](<${address.replaceAll('>', '%3E')}>).`;
}

/** Words of others stay words: nothing in them is Markdown or HTML. */
const plain = (text: string): string => text.replace(/[\\`*_[\]<>#|~]/g, (mark) => `\\${mark}`).replaceAll(/\s+/g, ' ');
