/** The view as a table for a spreadsheet: one row a point, one for what stands beside, one for each cell without a position. */
import type { State } from '../../../projections/answers.ts';
import { columnsOf, issuesOf } from '../table.ts';
import { NO_POSITION } from '../words.ts';
import type { Frame } from './frame.ts';

const COLUMNS = [
  'issue',
  'issueTitle',
  'party',
  'partyName',
  'status',
  'point',
  'stance',
  'act',
  'since',
  'lastAffirmed',
  'timesReiterated',
  'attribution',
  'development',
  'statedBy',
  'denies',
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string | number | null>>;

/** RFC 4180, with the view and the citation as the last lines. */
export function matrixCsv(state: State, frame: Frame): string {
  const rows = issuesOf(state).flatMap(({ issue, title }) =>
    columnsOf(state).flatMap(({ party, name }) => {
      const cell = { issue, issueTitle: title, party, partyName: name };
      return cellRows(state, party, issue).map((row): Row => ({ ...cell, ...row }));
    }),
  );
  const lines = [
    COLUMNS.join(','),
    ...rows.map((row) => COLUMNS.map((name) => field(row[name])).join(',')),
    '',
    ...[frame.view, frame.citation, ...frame.sources.map((source) => `Source: ${source}`)].map(field),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function cellRows(state: State, party: string, issue: string): readonly Row[] {
  const position = state.positions.find((one) => one.party === party && one.issue === issue);
  if (!position) return [{ status: 'none', stance: NO_POSITION }];
  const points = position.points.map(({ setBy, ...point }): Row => ({ status: 'held', ...point, development: setBy }));
  const own =
    points.length > 0 ? points : [{ status: position.status, stance: position.status === 'none' ? NO_POSITION : null }];
  return [
    ...own,
    ...position.beside.map(
      ({ id, stance, attribution, type, statedBy, denies }): Row => ({
        status: 'beside',
        stance,
        act: type,
        attribution,
        development: id,
        statedBy,
        denies,
      }),
    ),
  ];
}

/** A text that a spreadsheet would take for a formula begins with an apostrophe, which it shows as text. */
function field(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  const plain = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
