/** A CSV file to start from. */
import { stringify } from 'csv-stringify/sync';

const COLUMNS = [
  'negotiation',
  'type',
  'occurred',
  'party',
  'name',
  'role',
  'issue',
  'title',
  'stance',
  'point',
  'shift',
  'attribution',
  'speaker.name',
  'speaker.office',
  'statedBy',
  'note',
  'source.publisher',
  'source.title',
  'source.url',
  'source.published',
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

const EXAMPLE: readonly Row[] = [
  { type: 'NegotiationOpened', title: 'Talks on fishing in the northern strait' },
  { type: 'PartyJoined', party: 'northland', name: 'Northland', role: 'principal' },
  { type: 'IssueRaised', issue: 'fishing-rights', title: 'Fishing rights' },
  {
    type: 'DemandStated',
    occurred: '2024-03-05',
    party: 'northland',
    issue: 'fishing-rights',
    stance: 'No foreign boats inside twelve miles.',
    attribution: 'on-record',
    'speaker.name': 'A. Berg',
    'speaker.office': 'Minister of Fisheries',
    'source.publisher': 'The Strait Gazette',
    'source.title': 'Minister draws a line at sea',
    'source.url': 'https://gazette.example/fishing/line-at-sea',
    'source.published': '2024-03-06',
  },
];

/**
 * A CSV file to start from: the columns most people need, and four example rows that import as they are. Any other column of an export
 * may be added, and any of these left out.
 */
export const csvTemplate = (): string =>
  stringify([
    COLUMNS,
    ...EXAMPLE.map((row) =>
      COLUMNS.map((column) => (column === 'negotiation' ? 'northern-strait' : (row[column] ?? ''))),
    ),
  ]);
