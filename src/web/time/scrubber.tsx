import { type KeyboardEvent, type PointerEvent, useMemo } from 'react';
import { readMoment, writeMoment } from '../moments.ts';
import { useWidth } from '../parts/use-width.ts';
import type { How } from '../use-address.ts';
import { binsOf, densityPath } from './density.ts';
import { type Scale, ticksOf, timeScale } from './scale.ts';
import { keyStep, sayValue } from './scrubber-keys.ts';
import { countUpTo, nearestStop, type Stop } from './stops.ts';

interface Props {
  readonly stops: readonly Stop[];
  /** first and last moment of the axis */
  readonly domain: readonly [number, number];
  readonly timeZone: string;
  /** null: now */
  readonly asOf: string | null;
  /** the date that the view is compared with, shown on the axis */
  readonly from: string | null;
  readonly go: (asOf: string | null, how: How) => void;
}

const HEIGHT = 76;
const BASE = 50;
const NOW_PX = 44;

/** Time to drag through: it snaps to developments, shows where they are dense, and is a slider to assistive technology. */
export function Scrubber({ stops, domain, timeZone, asOf, from, go }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const scale = useMemo(() => timeScale(domain[0], domain[1], Math.max(width - NOW_PX, 1)), [domain, width]);
  const at = asOf === null ? Number.POSITIVE_INFINITY : (readMoment(asOf, timeZone) ?? Number.POSITIVE_INFINITY);
  const x = at === Number.POSITIVE_INFINITY ? scale.width + NOW_PX / 2 : clamp(scale.x(at), 0, scale.width);
  const here = countUpTo(stops, at);
  const toStop = (stop: Stop | null | undefined, how: How) => {
    if (stop !== undefined) go(stop === null ? null : writeMoment(stop.at, timeZone), how);
  };

  const point = (event: PointerEvent<HTMLDivElement>) => {
    const left = event.currentTarget.getBoundingClientRect().left;
    const px = event.clientX - left;
    toStop(px > scale.width + NOW_PX / 4 ? null : nearestStop(stops, scale.at(px)), 'settle');
  };
  const press = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus({ preventScroll: true });
    point(event);
  };
  const key = (event: KeyboardEvent) => {
    const step = keyStep(event, stops, at, asOf, timeZone);
    if (step === undefined) return;
    event.preventDefault();
    go(step, 'settle');
  };

  return (
    <div
      ref={ref}
      className="scrubber"
      role="slider"
      tabIndex={0}
      aria-label="As of"
      aria-describedby="scrubber-keys"
      aria-valuemin={0}
      aria-valuemax={stops.length + 1}
      aria-valuenow={asOf === null ? stops.length + 1 : here}
      aria-valuetext={sayValue(asOf, here, stops)}
      onPointerDown={press}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && point(event)}
      onKeyDown={key}
    >
      {width > 0 && (
        <svg width={width} height={HEIGHT} aria-hidden="true" focusable="false">
          <Axis stops={stops} scale={scale} />
          {from !== null && <Compared scale={scale} at={readMoment(from, timeZone)} until={x} />}
          <g className="handle" transform={`translate(${x.toFixed(1)} 0)`}>
            <path d={`M0 8V${BASE + 4}`} />
            <path className="grip" d="M-6 0H6V9L0 15-6 9Z" />
          </g>
        </svg>
      )}
      <span id="scrubber-keys" className="unseen">
        Arrow keys step by development, with Shift by day; Page Up and Page Down by round; Home goes to the first, End
        to now.
      </span>
    </div>
  );
}

function Axis({ stops, scale }: { readonly stops: readonly Stop[]; readonly scale: Scale }) {
  const { all, positions } = useMemo(() => {
    const every = binsOf(stops, scale, ({ developments }) => developments);
    const about = binsOf(stops, scale, (stop) => stop.positions);
    const most = Math.max(...every, 1);
    return { all: densityPath(every, most, BASE, BASE - 16), positions: densityPath(about, most, BASE, BASE - 16) };
  }, [stops, scale]);
  // Where nothing has a date, or nothing was read yet, the axis has none either.
  const ticks = useMemo(() => (stops.length === 0 ? [] : ticksOf(scale)), [stops, scale]);
  return (
    <g>
      <path className="density" d={all} />
      <path className="density positions" d={positions} />
      <path className="axis" d={`M0 ${BASE + 0.5}H${scale.width}`} />
      <path className="axis broken" d={`M${scale.width} ${BASE + 0.5}h${NOW_PX}`} />
      {ticks.map(({ at, label, major }) => (
        <g
          key={at}
          className={major ? 'tick major' : 'tick'}
          transform={`translate(${scale.x(at).toFixed(1)} ${BASE})`}
        >
          <path d="M0.5 0v6" />
          <text y={20} x={0} textAnchor={scale.x(at) < 30 ? 'start' : 'middle'}>
            {label}
          </text>
        </g>
      ))}
      {stops
        .filter(({ round }) => round)
        .map(({ at }) => (
          <path
            key={at}
            className="round-mark"
            d="M-3.5 7H3.5L0 1.5Z"
            transform={`translate(${scale.x(at).toFixed(1)} ${BASE})`}
          />
        ))}
      <text className="now-label" x={scale.width + NOW_PX / 2} y={BASE + 20} textAnchor="middle">
        now
      </text>
    </g>
  );
}

function Compared({
  scale,
  at,
  until,
}: {
  readonly scale: Scale;
  readonly at: number | undefined;
  readonly until: number;
}) {
  if (at === undefined) return null;
  const x = clamp(scale.x(at), 0, scale.width);
  const [left, right] = x < until ? [x, until] : [until, x];
  return (
    <g className="compared">
      <rect x={left} y={10} width={Math.max(0, right - left)} height={BASE - 10} />
      <path d={`M${x} 10V${BASE}`} />
    </g>
  );
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
