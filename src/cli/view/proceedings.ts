/** What surrounds the positions: rounds, exchanges, plans, agreements, who left, and what may have happened by then. */

import { dayWords, edtfWords } from '../../../events/edtf-words.ts';
import type { Agreement, Exchange, Plan, Possibility, Round, State } from '../../../projections/index.ts';
import { blocks, counted, type Line, listing, paragraph } from '../text/lines.ts';
import { besideLines } from './beside.ts';
import { type Names, namesOf, typeWords } from './words.ts';

/** Every part that has something in it, each under its name. */
export function proceedingsOf(state: State, width: number): readonly Line[] {
  const names = namesOf(state);
  const part = <T>(title: string, entries: readonly T[], show: (entry: T) => readonly Line[]): readonly Line[] =>
    entries.length === 0 ? [] : [...paragraph(title, { width, style: 'strong' }), ...entries.flatMap(show)];
  return blocks(
    part('Rounds', state.rounds, (round) => roundLines(round, names, width)),
    part('Exchanges', state.exchanges, (exchange) => exchangeLines(exchange, names, width)),
    part('Plans', state.plans, (plan) => planLines(plan, names, width)),
    part('Agreements', state.agreements, (agreement) => agreementLines(agreement, names, width)),
    absent(state, width),
    part('May have happened by then, not certainly', state.possiblyByThen, (one) =>
      possibilityLines(one, names, width),
    ),
  );
}

type Parts = readonly (string | null)[];

const item = (parts: Parts, width: number): readonly Line[] => listing(parts, { width, indent: 2, hanging: 4 });
const detail = (parts: Parts, width: number): readonly Line[] => listing(parts, { width, indent: 4, hanging: 4 });

function roundLines(round: Round, names: Names, width: number): readonly Line[] {
  const { outcome, format, venue, parties, mediators, summary, delegations, beside } = round;
  return [
    ...item(
      [
        `${round.round}: ${statusOfRound(round)}`,
        ...datesOfRound(round),
        venue,
        outcome === null ? null : `outcome: ${outcome}`,
      ],
      width,
    ),
    ...detail(
      [names.parties(parties), format, mediators.length > 0 ? `mediated by ${names.parties(mediators)}` : null],
      width,
    ),
    ...detail([summary], width),
    ...delegations.flatMap(({ party, head, members }) => {
      const sent = [...(head === null ? [] : [`${head} (head)`]), ...members].join(', ');
      return detail([`${names.party(party)} sends ${sent}`], width);
    }),
    ...besideLines(beside, names, { width, indent: 4 }),
  ];
}

function statusOfRound({ status, scheduledFor, held, parties }: Round): string {
  const sat = held.length > 0;
  switch (status) {
    case 'scheduled':
      if (scheduledFor !== null) return 'upcoming';
      // Who scheduled a round named its parties: of this one, only a delegation was.
      return `${parties.length === 0 ? 'spoken of' : 'scheduled'}; no day on record`;
    case 'postponed':
      if (scheduledFor !== null) return 'postponed, upcoming';
      return `${sat ? 'adjourned' : 'postponed'}; no new day on record`;
    case 'under-way':
      return 'under way';
    case 'overdue':
      return 'overdue: its day has passed, and nothing is on record';
    case 'cancelled':
      return sat ? 'broken off' : 'cancelled';
    case 'concluded':
      return status;
  }
}

/** When it sat, and the day it is or was planned for, where that is another. */
function datesOfRound({ status, scheduledFor, held }: Round): Parts {
  const sat = heldWords(held);
  const planned = scheduledFor === null ? null : edtfWords(scheduledFor);
  const ahead = status === 'scheduled' || status === 'postponed' || status === 'overdue';
  return [
    sat && `${held.length > 1 || status === 'concluded' ? 'held' : 'begun'} ${sat}`,
    planned === null || planned === sat ? null : `${ahead ? 'for' : 'planned for'} ${planned}`,
  ];
}

/** "7–10 Nov 2013"; of days that are not known, both as they are told. */
function heldWords(held: Round['held']): string | null {
  const [first, last = first] = [held[0], held.at(-1)];
  if (first === undefined || last === undefined) return null;
  if (first === last) return edtfWords(first);
  return [first, last].some((date) => date.includes('/'))
    ? `${edtfWords(first)} – ${edtfWords(last)}`
    : edtfWords(`${first}/${last}`);
}

function exchangeLines(exchange: Exchange, names: Names, width: number): readonly Line[] {
  const { agreed, agreedOn, carriedOut, carriedOutOn, formula, parties, status, summary, beside } = exchange;
  const counts = (of: Exchange['agreed']) =>
    of === null
      ? ''
      : `: ${Object.entries(of)
          .map(([party, count]) => `${names.party(party)} ${count}`)
          .join(', ')}`;
  return [
    ...item([`${exchange.exchange}: ${status.replaceAll('-', ' ')}`, names.parties(parties), formula], width),
    ...detail([agreedOn === null ? 'agreed: not on record' : `agreed ${edtfWords(agreedOn)}${counts(agreed)}`], width),
    ...detail(
      [
        carriedOutOn.length === 0
          ? 'carried out: not on record'
          : `carried out ${carriedOutOn.map(edtfWords).join('; ')}${counts(carriedOut)}`,
      ],
      width,
    ),
    ...detail([summary], width),
    ...besideLines(beside, names, { width, indent: 4 }),
  ];
}

function planLines({ plan, version, versions }: Plan, names: Names, width: number): readonly Line[] {
  return [
    ...item([`${plan}: version ${version}`, versions.length > 1 ? counted(versions.length, 'version') : null], width),
    ...versions.flatMap((one) => [
      ...detail(
        [
          `version ${one.version}, ${edtfWords(one.occurred)}`,
          names.parties(one.parties),
          one.from === null ? null : `from version ${one.from}`,
          one.points === null ? 'its points are not on record' : counted(one.points.length, 'point'),
        ],
        width,
      ),
      ...(one.summary === null ? [] : paragraph(one.summary, { width, indent: 6 })),
      ...[
        ...one.added.map(({ id, text }) => `added ${id}: ${text}`),
        ...one.removed.map(({ id, text }) => `removed ${id}: ${text}`),
        ...one.changed.map(({ id, before, after }) => `changed ${id}: ${before} → ${after}`),
      ].flatMap((text) => paragraph(text, { width, indent: 6 })),
      ...besideLines(one.beside, names, { width, indent: 6 }),
    ]),
  ];
}

const agreementLines = (
  { agreement, status, since, parties, issues, summary, beside }: Agreement,
  names: Names,
  width: number,
): readonly Line[] => [
  ...item(
    [
      `${agreement}: ${status === 'in-force' ? 'in force' : 'suspended'} since ${dayWords(since)}`,
      names.parties(parties),
      issues.map(names.issue).join(', '),
    ],
    width,
  ),
  ...detail([summary], width),
  ...besideLines(beside, names, { width, indent: 4 }),
];

/** Who left, since a reader of the matrix would else not see it. */
function absent({ parties }: State, width: number): readonly Line[] {
  const left = parties.flatMap(({ name, status, left: day }) =>
    status === 'left' ? [`${name}${day === null ? '' : ` (${edtfWords(day)})`}`] : [],
  );
  return left.length === 0 ? [] : paragraph(`No longer taking part: ${left.join(', ')}`, { width });
}

const possibilityLines = (
  { id, type, occurred, parties, issue, headline }: Possibility,
  names: Names,
  width: number,
): readonly Line[] => [
  ...item([edtfWords(occurred), typeWords(type), names.parties(parties), issue && names.issue(issue), id], width),
  ...detail([headline], width),
];
