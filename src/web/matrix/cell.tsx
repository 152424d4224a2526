// biome-ignore-all lint/a11y/noRedundantRoles: cells are laid out as blocks, which takes their role away in some browsers
import { type MouseEvent, memo, useContext } from 'react';
import { dayWords } from '../../../events/edtf-words.ts';
import type { Difference, Effect, Point, Position } from '../../../projections/answers.ts';
import { type Cell, HOME, writeAddress } from '../address.ts';
import type { Names } from '../names.ts';
import { Besides } from '../parts/besides.tsx';
import { isPlainClick } from '../parts/link.tsx';
import { EffectBadge } from '../parts/mark.tsx';
import { CurrentAddressContext, useNavigate } from '../use-address.ts';
import { explainAttribution, NO_POSITION, sayKnown, sayPoint, sayStance } from '../words.ts';

export interface CellProps {
  readonly party: string;
  readonly partyName: string;
  readonly issue: string;
  readonly issueTitle: string;
  readonly position: Position | undefined;
  readonly names: Names;
  /** how it moved since the chosen date; null: it did not, or none is chosen */
  readonly change: Effect | null;
  readonly shift: Difference['shift'];
  readonly open: boolean;
  readonly arrived: boolean;
}

/** What one party stated on one issue. The whole cell opens its history. */
export const MatrixCell = memo(function MatrixCell(props: CellProps) {
  const { party, partyName, issue, issueTitle, position, names, change, shift, open, arrived } = props;
  const empty = position === undefined;
  return (
    <td role="cell" className={`cell${empty ? ' empty' : ''}${open ? ' open' : ''}${change ? ' moved' : ''}`}>
      <div className="cell-party" aria-hidden="true">
        {partyName}
      </div>
      {change && <EffectBadge effect={change} shift={shift} />}
      {arrived && <p className="arrived">newer</p>}
      <CellLink cell={{ party, issue }} name={`${partyName} on ${issueTitle}: history`} open={open} />
      {empty ? <p className="none">{NO_POSITION}</p> : <PositionText position={position} names={names} />}
    </td>
  );
});

interface CellLinkProps {
  readonly cell: Cell;
  readonly name: string;
  readonly open: boolean;
}

/**
 * The link to a history. Its address says the whole view, and is written when somebody comes near it: thousands of links need not be
 * written anew at each step through time.
 */
function CellLink({ cell, name, open }: CellLinkProps) {
  const now = useContext(CurrentAddressContext);
  const navigate = useNavigate();
  const approach = ({ currentTarget }: { readonly currentTarget: HTMLAnchorElement }) => {
    currentTarget.href = writeAddress({ ...now(), cell });
  };
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    navigate({ cell });
  };
  return (
    <a
      className="cell-link"
      href={writeAddress({ ...HOME, cell })}
      data-cell={`${cell.party}/${cell.issue}`}
      aria-label={name}
      aria-current={open ? 'true' : undefined}
      onPointerEnter={approach}
      onFocus={approach}
      onClick={follow}
    >
      {' '}
    </a>
  );
}

/** A position in words: its points, how it is attributed, and what stands beside it. */
export function PositionText({ position, names }: { readonly position: Position; readonly names: Names }) {
  const { status, points, beside } = position;
  return (
    <>
      {status === 'none' && <p className="none">{NO_POSITION}</p>}
      {status === 'withdrawn' && <p className="withdrawn">withdrawn</p>}
      {points.map((point) => (
        <PointText key={point.point} point={point} names={names} />
      ))}
      {position.attribution !== null && (
        <p className="meta">
          <Since point={position} />
          <span title={explainAttribution(position.attribution)}>
            {sayKnown(position.attribution, position.statedBy, names.party)}
          </span>
        </p>
      )}
      <Besides besides={beside} names={names} />
    </>
  );
}

function PointText({ point, names }: { readonly point: Point; readonly names: Names }) {
  const [label, words] = [sayPoint(point), sayStance(point.stance)];
  if (label === null) return <p className="stance">{words}</p>;
  return (
    <p className="point">
      <span className="label" title={explainAttribution(point.attribution)}>
        {label} · {sayKnown(point.attribution, point.statedBy, names.party)}
      </span>
      {words}
    </p>
  );
}

interface Dated {
  readonly since: string | null;
  readonly lastAffirmed: string | null;
  readonly timesReiterated: number | null;
}

function Since({ point: { since, lastAffirmed, timesReiterated } }: { readonly point: Dated }) {
  if (since === null) return null;
  return (
    <>
      <span>
        since <time dateTime={since}>{dayWords(since)}</time>
      </span>
      {timesReiterated !== null && timesReiterated > 0 && lastAffirmed !== null && (
        <span>
          affirmed <time dateTime={lastAffirmed}>{dayWords(lastAffirmed)}</time>
          {timesReiterated > 1 && ` (${timesReiterated}×)`}
        </span>
      )}
    </>
  );
}
