import { useEffect } from 'react';
import { longDayWords } from '../../../events/edtf-words.ts';
import type { ChronicleEntry, Difference, Effect, State } from '../../../projections/answers.ts';
import type { Address } from '../address.ts';
import type { Answer } from '../answers/use-answer.ts';
import { PositionText } from '../matrix/cell.tsx';
import { readMoment, sayGate, writeMoment } from '../moments.ts';
import { type Names, namesOf } from '../names.ts';
import { ViewLink } from '../parts/link.tsx';
import { EffectBadge } from '../parts/mark.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { DateField } from '../time/date-field.tsx';
import { nextStop, type Stop } from '../time/stops.ts';
import { useNavigate } from '../use-address.ts';
import { count, NO_POSITION, sayEffect, sayList } from '../words.ts';
import { Lanes } from './lanes.tsx';
import { liesAfter } from './order.ts';

interface Props {
  readonly address: Address;
  readonly state: State;
  readonly chronicle: readonly ChronicleEntry[];
  readonly stops: readonly Stop[];
  readonly differences: Answer<readonly Difference[]>;
}

/** Two dates side by side: what moved between them, by issue and party. */
export function Compare({ address, state, chronicle, stops, differences }: Props) {
  const navigate = useNavigate();
  const { timeZone } = state.gates;
  const { from, asOf } = address;
  const to = Date.parse(state.gates.asOf);
  const earlier = from === null ? earlierDate(stops, asOf === null ? Number.POSITIVE_INFINITY : to, timeZone) : null;
  useEffect(() => {
    if (earlier !== null) navigate({ from: earlier }, 'replace');
  }, [earlier, navigate]);
  const names = namesOf(state);
  const backwards = from !== null && liesAfter(from, state.gates.asOf, timeZone);
  const moved = backwards ? [] : (differences.value ?? []);
  return (
    <div className="compare">
      <div className="compare-head">
        <DateField label="From" value={from ?? ''} change={(day) => day !== null && navigate({ from: day })} />
        <p className="compare-sum" role="status">
          {backwards
            ? sayBackwards(from, asOf, timeZone)
            : from !== null && differences.value && saySum(moved, from, asOf, timeZone)}
        </p>
      </div>
      {differences.error && <Trouble error={differences.error} />}
      <Lanes
        state={state}
        chronicle={chronicle}
        from={from === null ? undefined : readMoment(from, timeZone)}
        to={to}
      />
      {state.issues
        .map(({ issue }) => ({ issue, changes: moved.filter((one) => one.issue === issue) }))
        .filter(({ changes }) => changes.length > 0)
        .map(({ issue, changes }) => (
          <section key={issue} className="moved-issue" aria-label={names.issue(issue)}>
            <h2>{names.issue(issue)}</h2>
            <div className="moved-head" aria-hidden="true">
              <span />
              <span>{from !== null && sayEnd(from, timeZone)}</span>
              <span>{asOf === null ? 'Now' : sayEnd(asOf, timeZone)}</span>
            </div>
            <ul>
              {changes.map((one) => (
                <Moved key={one.party} difference={one} names={names} />
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}

function Moved({ difference, names }: { readonly difference: Difference; readonly names: Names }) {
  const { party, issue, change, shift, before, after } = difference;
  return (
    <li className="moved-row">
      <div>
        <h3>
          <ViewLink to={{ cell: { party, issue } }}>{names.party(party)}</ViewLink>
        </h3>
        <EffectBadge effect={change} shift={shift} />
      </div>
      <div className="before">
        <span className="unseen">Before: </span>
        {before ? <PositionText position={before} names={names} /> : <p className="none">{NO_POSITION}</p>}
      </div>
      <div className="after">
        <span className="unseen">After: </span>
        {after ? <PositionText position={after} names={names} /> : <p className="none">{NO_POSITION}</p>}
      </div>
    </li>
  );
}

/** Where no earlier date is chosen: the round before, or the first development of all; nothing before that. */
function earlierDate(stops: readonly Stop[], to: number, timeZone: string): string | null {
  const stop = nextStop(stops, nextStop(stops, to, -1)?.at ?? to, -1, ({ round }) => round) ?? stops[0];
  return stop && stop.at <= to ? writeMoment(stop.at, timeZone) : null;
}

/** The order in which kinds of change are summed up, the strongest first. */
const ORDER: readonly Effect[] = [
  'new',
  'changed',
  'withdrawn',
  'retracted',
  'corrected',
  'conditioned',
  'reiterated',
  'beside',
];

const sayEnd = (date: string, timeZone: string): string =>
  date.length === 10 ? longDayWords(date) : sayGate(date, timeZone);

const sayBackwards = (from: string, asOf: string | null, timeZone: string): string =>
  `${sayEnd(from, timeZone)} lies after ${asOf === null ? 'now' : sayEnd(asOf, timeZone)}: choose an earlier date here, or a later one above.`;

function saySum(moved: readonly Difference[], from: string, asOf: string | null, timeZone: string): string {
  const between = `Between ${sayEnd(from, timeZone)} and ${asOf === null ? 'now' : sayEnd(asOf, timeZone)}`;
  if (moved.length === 0) return `${between} no stated position moved.`;
  const kinds = Map.groupBy(moved, ({ change }) => change);
  const parts = ORDER.flatMap((change) => {
    const number = kinds.get(change)?.length;
    return number === undefined
      ? []
      : [`${number} ${change === 'beside' ? 'only in what stands beside' : sayEffect(change, null)}`];
  });
  return `${between}, ${count(moved.length, 'cell')} moved: ${sayList(parts)}.`;
}
