import { useMemo } from 'react';
import type { HistoryEntry } from '../../../projections/answers.ts';
import { isolated } from '../isolated.ts';
import { dodge } from '../parts/dodge.ts';
import { MarkShape } from '../parts/mark.tsx';
import { MARK_PATHS } from '../parts/mark-paths.ts';
import { useWidth } from '../parts/use-width.ts';
import { spanOf, ticksOf, timeScale } from '../time/scale.ts';
import { count, sayEffect, sayId } from '../words.ts';
import { laneRows } from './lane-model.ts';

interface Props {
  readonly history: readonly HistoryEntry[];
  /** where the view stands, or the last development of all where that is earlier */
  readonly until: number;
  readonly pick: (id: string) => void;
}

const ROW = 40;
const TOP = 4;
const MARGIN = 9;

/** How a stance evolved, in time. The list below it says the same in words. */
export function Lane({ history, until, pick }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const rows = useMemo(() => laneRows(history), [history]);
  const moments = rows.flatMap(({ marks }) => marks.map(({ at }) => at));
  const [low, high] = spanOf([...moments, until]);
  const scale = timeScale(low, high, width, MARGIN);
  const end = Math.min(scale.x(until), width - MARGIN);
  const base = TOP + rows.length * ROW;
  return (
    <div ref={ref} className="lane">
      {width > 0 && (
        <svg
          width={width}
          height={base + 24}
          role="img"
          aria-label={`Lane in time with ${count(history.length, 'mark')}, listed below`}
        >
          {ticksOf(scale).map(({ at, label, major }) => (
            <g
              key={at}
              className={major ? 'tick major' : 'tick'}
              transform={`translate(${scale.x(at).toFixed(1)} ${base})`}
            >
              <path d={`M0.5 ${-base}v${base + 4}`} className="grid" />
              <text y={17} textAnchor={scale.x(at) < 24 ? 'start' : 'middle'}>
                {label}
              </text>
            </g>
          ))}
          {end < width - MARGIN - 1 && <path className="until" d={`M${end.toFixed(1)} 0V${base}`} />}
          {rows.map((row, index) => {
            const y = TOP + index * ROW + 25;
            const xs = dodge(
              row.marks.map(({ at }) => scale.x(at)),
              13,
              MARGIN - 2,
              width - MARGIN + 2,
            );
            return (
              <g key={row.point ?? ' '} transform={`translate(0 ${y})`}>
                <text className="row-name" y={-13}>
                  {row.point === null ? 'beside the position' : row.point === 'main' ? 'main point' : sayId(row.point)}
                </text>
                {row.spans.map(({ from, to }) => (
                  <path
                    key={`${from} ${to}`}
                    className={to === null ? 'span in-force' : 'span'}
                    d={`M${scale.x(from).toFixed(1)} 0H${(to === null ? end : scale.x(to)).toFixed(1)}`}
                  />
                ))}
                {row.marks.map(({ id, effect, shift, words }, mark) => (
                  // biome-ignore lint/a11y/noStaticElementInteractions: the picture as a whole is one image
                  <g
                    key={`${id} ${effect}`}
                    className="mark"
                    transform={`translate(${(xs[mark] ?? 0).toFixed(1)} 0)`}
                    onClick={() => pick(id)}
                  >
                    <title>{`${sayEffect(effect, shift)}: ${isolated(words)}`}</title>
                    <circle r="9" className="target" />
                    <MarkShape {...MARK_PATHS[effect]} />
                  </g>
                ))}
              </g>
            );
          })}
        </svg>
      )}
      <Legend history={history} />
    </div>
  );
}

/** The shapes that are on the lane, with their words. */
function Legend({ history }: { readonly history: readonly HistoryEntry[] }) {
  const effects = [...new Set(history.map(({ effect }) => effect))];
  return (
    <ul className="legend" aria-label="Shapes">
      {effects.map((effect) => (
        <li key={effect}>
          <svg className="mark" width="11" height="11" viewBox="-6 -6 12 12" aria-hidden="true" focusable="false">
            <MarkShape {...MARK_PATHS[effect]} />
          </svg>
          {sayEffect(effect, null)}
        </li>
      ))}
    </ul>
  );
}
