import { useMemo } from 'react';
import type { ChronicleEntry, State } from '../../../projections/answers.ts';
import { isolated } from '../isolated.ts';
import { namesOf } from '../names.ts';
import { dodge } from '../parts/dodge.ts';
import { Mark, MarkShape } from '../parts/mark.tsx';
import { MARK_PATHS } from '../parts/mark-paths.ts';
import { useWidth } from '../parts/use-width.ts';
import { columnsOf, issuesOf } from '../table.ts';
import { spanOf, ticksOf, timeScale } from '../time/scale.ts';
import { useNavigate } from '../use-address.ts';
import { sayType } from '../words.ts';
import { type IssueLane, issueLanes, kindsIn, sayKind } from './issue-marks.ts';

interface Props {
  readonly state: State;
  readonly chronicle: readonly ChronicleEntry[];
  readonly from: number | undefined;
  readonly to: number;
}

const PARTY_ROW = 15;
const GAP = 9;

/** Everything stated, at a glance: a lane an issue, all on one axis, with the two dates across them. */
export function Lanes({ state, chronicle, from, to }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const names = namesOf(state);
  const lanes = useMemo(
    () =>
      issueLanes(
        chronicle,
        state.standard,
        issuesOf(state).map(({ issue }) => issue),
        columnsOf(state).map(({ party }) => party),
      ),
    [chronicle, state],
  );
  const gutter = width < 620 ? 104 : 250;
  const moments = lanes.flatMap((lane) => lane.lanes.flatMap(({ marks }) => marks.map(({ at }) => at)));
  const [low, high] = spanOf(from === undefined ? moments : [...moments, from]);
  const scale = timeScale(low, high, width - gutter, 10);
  const heights = lanes.map((lane) => lane.lanes.length * PARTY_ROW + GAP + (width < 620 ? 14 : 0));
  const base = heights.reduce((sum, height) => sum + height, 0) + 6;
  const x = (at: number) => gutter + Math.min(Math.max(scale.x(at), 0), scale.width);
  let y = 6;
  return (
    <figure className="lanes">
      <figcaption>
        Each mark is a statement on record, those of one day side by side; it opens the history of its cell.
        <ul className="legend">
          {kindsIn(lanes).map((kind) => (
            <li key={kind}>
              <Mark effect={kind} size={11} /> {sayKind(kind)}
            </li>
          ))}
        </ul>
      </figcaption>
      <div ref={ref}>
        {width > 0 && (
          <svg
            width={width}
            height={base + 28}
            role="img"
            aria-label="Statements on each issue in time; what moved between the two dates is listed below"
          >
            {from !== undefined && (
              <rect className="between" x={x(from)} y={0} width={Math.max(0, x(to) - x(from))} height={base} />
            )}
            {ticksOf(scale).map(({ at, label, major }) => (
              <g
                key={at}
                className={major ? 'tick major' : 'tick'}
                transform={`translate(${(gutter + scale.x(at)).toFixed(1)} ${base})`}
              >
                <path className="grid" d={`M0.5 ${-base}v${base + 4}`} />
                <text y={18} textAnchor="middle">
                  {label}
                </text>
              </g>
            ))}
            {from !== undefined && <path className="until" d={`M${x(from)} 0V${base}`} />}
            <path className="until" d={`M${x(to)} 0V${base}`} />
            {lanes.map((lane, index) => {
              const top = y;
              y += heights[index] ?? 0;
              return (
                <IssueLaneRows
                  key={lane.issue}
                  lane={lane}
                  top={top}
                  title={names.issue(lane.issue)}
                  partyName={names.party}
                  gutter={gutter}
                  width={width}
                  x={(at) => gutter + scale.x(at)}
                />
              );
            })}
          </svg>
        )}
      </div>
    </figure>
  );
}

const isGone = (status: ChronicleEntry['status']): boolean => status === 'retracted' || status === 'merged';

interface LaneProps {
  readonly lane: IssueLane;
  readonly top: number;
  readonly title: string;
  readonly partyName: (party: string) => string;
  readonly gutter: number;
  readonly width: number;
  readonly x: (at: number) => number;
}

function IssueLaneRows({ lane, top, title, partyName, gutter, width, x }: LaneProps) {
  const navigate = useNavigate();
  const narrow = gutter < 200;
  const down = narrow ? 14 : 0;
  return (
    <g transform={`translate(0 ${top})`}>
      <path className="lane-rule" d={`M0 -3.5H${width}`} />
      <text className="lane-title" y={11}>
        {title}
      </text>
      {lane.lanes.map(({ party, marks }, row) => {
        const xs = dodge(
          marks.map(({ at }) => x(at)),
          11,
          gutter + 5,
          width - 6,
        );
        return (
          <g key={party} transform={`translate(0 ${row * PARTY_ROW + 7 + down})`}>
            <text className="row-name" x={gutter - 10} y={4} textAnchor="end">
              {partyName(party)}
            </text>
            {marks.map(({ id, kind, type, status, words }, mark) => (
              // biome-ignore lint/a11y/noStaticElementInteractions: the picture as a whole is one image
              <g
                key={id}
                className="mark"
                transform={`translate(${(xs[mark] ?? 0).toFixed(1)} 0) scale(0.86)`}
                onClick={() => navigate({ cell: { party, issue: lane.issue } })}
              >
                <title>{`${partyName(party)}, ${sayType(type)}${isGone(status) ? `, ${status}` : ''}: ${isolated(words)}`}</title>
                <MarkShape {...MARK_PATHS[kind]} />
              </g>
            ))}
          </g>
        );
      })}
    </g>
  );
}
