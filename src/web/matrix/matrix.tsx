// biome-ignore-all lint/a11y/noRedundantRoles: rows are laid out as grids and blocks, which takes their role away in some browsers
import { type CSSProperties, type KeyboardEvent, memo, useDeferredValue, useMemo, useState } from 'react';
import type { Difference, Position, State } from '../../../projections/answers.ts';
import type { Cell } from '../address.ts';
import { isolated } from '../isolated.ts';
import type { Names } from '../names.ts';
import { type Column, columnsOf, issuesOf } from '../table.ts';
import { useNavigate } from '../use-address.ts';
import { useNames } from '../use-names.ts';
import { count } from '../words.ts';
import { MatrixCell } from './cell.tsx';
import { moveFocus } from './keys.ts';
import { type Row, rowsOf } from './rows.ts';
import { createSlices, type Slice } from './slices.ts';

interface Props {
  readonly state: State;
  readonly positionOf: (party: string, issue: string) => Position | undefined;
  /** what moved since the chosen date; absent: nothing is marked */
  readonly differences: readonly Difference[] | undefined;
  readonly open: Cell | null;
  readonly folded: readonly string[];
  /** cells for which something newer is recorded than is shown, `party/issue` */
  readonly arrived: ReadonlySet<string>;
  /** while one moves through time, rows out of sight wait */
  readonly moving: boolean;
}

/** So many rows are drawn at once; those of a larger matrix follow when there is time. */
const FIRST_ROWS = 40;

/** Rows are issues, columns parties: what each had stated on each. */
export function Matrix({ state, positionOf, differences, open, folded, arrived, moving }: Props) {
  const [slices] = useState(createSlices);
  const issues = useMemo(() => issuesOf(state), [state]);
  const parties = useMemo(() => columnsOf(state), [state]);
  const names = useNames(state);
  const all = useMemo(() => rowsOf(issues, folded), [issues, folded]);
  const rows = useDeferredValue(all, all.slice(0, FIRST_ROWS));
  const moved = useMemo(() => Map.groupBy(differences ?? [], ({ issue }) => issue), [differences]);
  const columns = { '--parties': parties.length } as CSSProperties;
  if (all.length === 0 || parties.length === 0)
    return <p className="nothing">By this date no issue or no party is on record.</p>;
  const move = (event: KeyboardEvent) =>
    moveFocus(
      event,
      all.map(({ issue }) => issue),
      parties.map(({ party }) => party),
    );
  return (
    <section className="matrix-frame" aria-label="Positions">
      <table
        className={all.length > FIRST_ROWS ? 'matrix large' : 'matrix'}
        role="table"
        style={columns}
        onKeyDown={move}
      >
        <caption className="unseen">What each party stated on each issue. Each cell leads to its history.</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col" className="corner">
              Issue
            </th>
            {parties.map((party) => (
              <PartyHead key={party.party} party={party} parties={parties} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <MatrixRow
              key={row.issue}
              row={row}
              parties={parties}
              names={names}
              slice={slices.row(row.issue, () => parties.map(({ party }) => positionOf(party, row.issue)), moving)}
              moved={moved.get(row.issue)}
              open={open?.issue === row.issue ? open.party : null}
              arrived={arrived}
              folded={folded}
              watch={slices.watch}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function PartyHead({ party, parties }: { readonly party: Column; readonly parties: readonly Column[] }) {
  const bloc = parties.find((one) => one.party === party.memberOf)?.name ?? party.memberOf;
  return (
    <th role="columnheader" scope="col">
      <span className="party-name">{party.name}</span>
      <span className="party-role">
        {party.status === 'left' ? 'has left' : (party.role ?? 'not declared')}
        {bloc !== null && `, member of ${isolated(bloc)}`}
      </span>
    </th>
  );
}

interface RowProps {
  readonly row: Row;
  readonly parties: readonly Column[];
  readonly names: Names;
  /** the positions of the row, party by party */
  readonly slice: Slice;
  readonly moved: readonly Difference[] | undefined;
  readonly open: string | null;
  readonly arrived: ReadonlySet<string>;
  readonly folded: readonly string[];
  readonly watch: (row: Element | null) => (() => void) | undefined;
}

const MatrixRow = memo(function MatrixRow(props: RowProps) {
  const { row, parties, names, slice, moved, open, arrived, folded, watch } = props;
  const { issue, title, depth } = row;
  return (
    <tr
      ref={watch}
      role="row"
      className={depth > 0 ? 'child' : undefined}
      data-depth={Math.min(depth, 3)}
      data-issue={issue}
    >
      <th role="rowheader" scope="row">
        {row.below > 0 ? <Fold row={row} folded={folded} /> : title}
      </th>
      {parties.map(({ party, name }, index) => {
        const difference = moved?.find((one) => one.party === party);
        return (
          <MatrixCell
            key={party}
            party={party}
            partyName={name}
            issue={issue}
            issueTitle={title}
            position={slice[index]}
            names={names}
            change={difference?.change ?? null}
            shift={difference?.shift ?? null}
            open={open === party}
            arrived={arrived.has(`${party}/${issue}`)}
          />
        );
      })}
    </tr>
  );
});

function Fold({ row, folded }: { readonly row: Row; readonly folded: readonly string[] }) {
  const navigate = useNavigate();
  const toggle = () =>
    navigate(
      { folded: row.folded ? folded.filter((issue) => issue !== row.issue) : [...folded, row.issue] },
      'replace',
    );
  return (
    <button type="button" className="fold" aria-expanded={!row.folded} onClick={toggle}>
      {row.title}
      {row.folded && <span className="folded-count">{count(row.below, 'issue')} folded</span>}
    </button>
  );
}
