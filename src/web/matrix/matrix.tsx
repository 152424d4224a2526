// biome-ignore-all lint/a11y/noRedundantRoles: rows are laid out as grids and blocks, which takes their role away in some browsers
import { type CSSProperties, type KeyboardEvent, memo, useMemo } from 'react';
import type { Difference, Participant, Position, State } from '../../../projections/answers.ts';
import type { Cell } from '../address.ts';
import { useNavigate } from '../use-address.ts';
import { count } from '../words.ts';
import { MatrixCell } from './cell.tsx';
import { moveFocus } from './keys.ts';
import { type Row, rowsOf } from './rows.ts';

interface Props {
  readonly state: State;
  /** what moved since the chosen date; absent: nothing is marked */
  readonly differences: readonly Difference[] | undefined;
  readonly open: Cell | null;
  readonly folded: readonly string[];
  /** cells for which something newer is recorded than is shown, `party/issue` */
  readonly arrived: ReadonlySet<string>;
}

const keyOf = ({ party, issue }: Cell): string => `${party}/${issue}`;

/** Rows are issues, columns parties: what each had stated on each. */
export function Matrix({ state, differences, open, folded, arrived }: Props) {
  const positions = useMemo(() => new Map(state.positions.map((one) => [keyOf(one), one])), [state]);
  const moved = useMemo(() => new Map((differences ?? []).map((one) => [keyOf(one), one])), [differences]);
  const rows = useMemo(() => rowsOf(state.issues, folded), [state.issues, folded]);
  const move = (event: KeyboardEvent) =>
    moveFocus(
      event,
      rows.map(({ issue }) => issue),
      state.parties.map(({ party }) => party),
    );
  const columns = { '--parties': state.parties.length } as CSSProperties;
  if (rows.length === 0 || state.parties.length === 0)
    return <p className="nothing">By this date no issue or no party is on record.</p>;
  return (
    <section className="matrix-frame" aria-label="Positions">
      <table className="matrix" role="table" style={columns} onKeyDown={move}>
        <caption className="unseen">What each party stated on each issue. Each cell leads to its history.</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col" className="corner">
              Issue
            </th>
            {state.parties.map((party) => (
              <PartyHead key={party.party} party={party} parties={state.parties} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <MatrixRow
              key={row.issue}
              row={row}
              parties={state.parties}
              positions={positions}
              moved={moved}
              open={open?.issue === row.issue ? open.party : null}
              arrived={arrived}
              folded={folded}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function PartyHead({ party, parties }: { readonly party: Participant; readonly parties: readonly Participant[] }) {
  const bloc = parties.find((one) => one.party === party.memberOf)?.name ?? party.memberOf;
  return (
    <th role="columnheader" scope="col">
      <span className="party-name">{party.name}</span>
      <span className="party-role">
        {party.status === 'left' ? 'has left' : party.role}
        {bloc !== null && `, member of ${bloc}`}
      </span>
    </th>
  );
}

interface RowProps {
  readonly row: Row;
  readonly parties: readonly Participant[];
  readonly positions: ReadonlyMap<string, Position>;
  readonly moved: ReadonlyMap<string, Difference>;
  readonly open: string | null;
  readonly arrived: ReadonlySet<string>;
  readonly folded: readonly string[];
}

const MatrixRow = memo(function MatrixRow({ row, parties, positions, moved, open, arrived, folded }: RowProps) {
  const { issue, title, depth } = row;
  return (
    <tr role="row" className={depth > 0 ? 'child' : undefined} data-depth={Math.min(depth, 3)}>
      <th role="rowheader" scope="row">
        {row.below > 0 ? <Fold row={row} folded={folded} /> : title}
      </th>
      {parties.map(({ party, name }) => {
        const key = `${party}/${issue}`;
        return (
          <MatrixCell
            key={party}
            party={party}
            partyName={name}
            issue={issue}
            issueTitle={title}
            position={positions.get(key)}
            difference={moved.get(key)}
            open={open === party}
            arrived={arrived.has(key)}
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
