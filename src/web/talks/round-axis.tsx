import type { Round } from '../../../projections/answers.ts';
import { dodge } from '../parts/dodge.ts';
import { useWidth } from '../parts/use-width.ts';
import { spanOf, ticksOf, timeScale } from '../time/scale.ts';
import { count } from '../words.ts';
import type { RoundTime } from './round-times.ts';

interface Props {
  readonly times: readonly RoundTime[];
  readonly asOf: number;
}

const BASE = 44;
const MARGIN = 14;

/** Rounds on one axis, numbered as in the list below it. */
export function RoundAxis({ times, asOf }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [low, high] = spanOf(times.flatMap(({ from, to }) => [from, to]));
  const scale = timeScale(low, high, width, MARGIN);
  const xs = dodge(
    times.map(({ from, to }) => (scale.x(from) + scale.x(to)) / 2),
    24,
    MARGIN,
    width - MARGIN,
  );
  const here = scale.x(asOf);
  return (
    <div ref={ref} className="round-axis">
      {width > 0 && (
        <svg
          width={width}
          height={BASE + 28}
          role="img"
          aria-label={`${count(times.length, 'round')} in time, listed below`}
        >
          <path className="axis" d={`M0 ${BASE + 0.5}H${width}`} />
          {ticksOf(scale).map(({ at, label, major }) => (
            <g
              key={at}
              className={major ? 'tick major' : 'tick'}
              transform={`translate(${scale.x(at).toFixed(1)} ${BASE})`}
            >
              <path d="M0.5 0v6" />
              <text y={20} textAnchor={scale.x(at) < 30 ? 'start' : 'middle'}>
                {label}
              </text>
            </g>
          ))}
          {here > 0 && here < width && <path className="until" d={`M${here.toFixed(1)} 0V${BASE}`} />}
          {times.map(({ round, from, to, planned, vague }, index) => {
            const [x, left] = [xs[index] ?? 0, scale.x(from)];
            return (
              <g key={round.round} className={planned || vague === 'begin' ? 'round-at planned' : 'round-at'}>
                <rect x={left} y={BASE - 5} width={Math.max(3, scale.x(to) - left)} height={5} />
                <g transform={`translate(${x.toFixed(1)} ${BASE - 22})`}>
                  <RoundShape status={round.status} />
                  <text y={4} textAnchor="middle">
                    {index + 1}
                  </text>
                </g>
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}

/** Held: filled. Ahead: outlined. Moved or past its day: outlined with dashes. Cancelled: struck through. */
export function RoundShape({ status }: { readonly status: Round['status'] }) {
  return (
    <g className={`round-shape ${status}`}>
      <circle r="11" />
      {status === 'cancelled' && <path d="M-9 9 9-9" />}
    </g>
  );
}
