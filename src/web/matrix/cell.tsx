// biome-ignore-all lint/a11y/noRedundantRoles: cells are laid out as blocks, which takes their role away in some browsers
import { memo } from 'react';
import type { Difference, Point, Position } from '../../../projections/answers.ts';
import { shortDay } from '../moments.ts';
import { ViewLink } from '../parts/link.tsx';
import { EffectBadge } from '../parts/mark.tsx';
import { explainAttribution, NO_POSITION, sayAttribution } from '../words.ts';

export interface CellProps {
  readonly party: string;
  readonly partyName: string;
  readonly issue: string;
  readonly issueTitle: string;
  readonly position: Position | undefined;
  readonly difference: Difference | undefined;
  readonly open: boolean;
  readonly arrived: boolean;
}

/** What one party stated on one issue. The whole cell opens its history. */
export const MatrixCell = memo(function MatrixCell(props: CellProps) {
  const { party, partyName, issue, issueTitle, position, difference, open, arrived } = props;
  const empty = position === undefined;
  return (
    <td role="cell" className={`cell${empty ? ' empty' : ''}${open ? ' open' : ''}${difference ? ' moved' : ''}`}>
      <div className="cell-party" aria-hidden="true">
        {partyName}
      </div>
      {difference && <EffectBadge effect={difference.change} shift={difference.shift} />}
      {arrived && <p className="arrived">newer</p>}
      <ViewLink
        to={{ cell: { party, issue } }}
        className="cell-link"
        data-cell={`${party}/${issue}`}
        aria-label={`${partyName} on ${issueTitle}: history`}
        aria-current={open ? 'true' : undefined}
      />
      {empty ? <p className="none">{NO_POSITION}</p> : <PositionText position={position} />}
    </td>
  );
}, sameCell);

/** A position in words: its points, how it is attributed, and what stands beside it. */
export function PositionText({ position }: { readonly position: Position }) {
  const { status, points, beside } = position;
  return (
    <>
      {status === 'none' && <p className="none">{NO_POSITION}</p>}
      {status === 'withdrawn' && <p className="withdrawn">withdrawn</p>}
      {points.map((point) => (
        <PointText key={point.point} point={point} />
      ))}
      {position.attribution !== null && (
        <p className="meta">
          <Since point={position} />
          <span title={explainAttribution(position.attribution)}>{sayAttribution(position.attribution)}</span>
        </p>
      )}
      {beside.map(({ id, stance, attribution }) => (
        <p key={id} className="beside">
          <span className="label">beside · {sayAttribution(attribution)}</span>
          {stance ?? 'affirms it'}
        </p>
      ))}
    </>
  );
}

function PointText({ point }: { readonly point: Point }) {
  const words = point.stance ?? 'affirmed, in words not on record';
  if (point.point === 'main') return <p className="stance">{words}</p>;
  return (
    <p className="point">
      <span className="label">{point.act === 'ConditionAttached' ? 'condition' : 'also'}</span>
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
        since <time dateTime={since}>{shortDay(since)}</time>
      </span>
      {timesReiterated !== null && timesReiterated > 0 && lastAffirmed !== null && (
        <span>
          affirmed <time dateTime={lastAffirmed}>{shortDay(lastAffirmed)}</time>
          {timesReiterated > 1 && ` (${timesReiterated} times)`}
        </span>
      )}
    </>
  );
}

/** Answers arrive as new objects; a cell is drawn again only where its words differ. */
function sameCell(before: CellProps, after: CellProps): boolean {
  return (
    before.open === after.open &&
    before.arrived === after.arrived &&
    before.partyName === after.partyName &&
    before.issueTitle === after.issueTitle &&
    before.difference?.change === after.difference?.change &&
    before.difference?.shift === after.difference?.shift &&
    (before.position === after.position || print(before.position) === print(after.position))
  );
}

const prints = new WeakMap<Position, string>();

function print(position: Position | undefined): string {
  if (position === undefined) return '';
  let text = prints.get(position);
  if (text === undefined) {
    text = JSON.stringify(position);
    prints.set(position, text);
  }
  return text;
}
