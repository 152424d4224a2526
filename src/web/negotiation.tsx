import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import type { ChronicleEntry, Difference, State } from '../../projections/answers.ts';
import type { NegotiationSummary } from '../tracker/index.ts';
import { type Address, HOME } from './address.ts';
import { chroniclePath, differencePath, type Seen, statePath, timelinesPath } from './answers/paths.ts';
import { type Answer, useAnswer } from './answers/use-answer.ts';
import { useTimelines } from './answers/use-timelines.ts';
import { comparePositions, latestPosition } from './live/positions.ts';
import { LiveTray } from './live/tray.tsx';
import { useLive } from './live/use-live.ts';
import { Masthead } from './masthead.tsx';
import { Matrix } from './matrix/matrix.tsx';
import { namesOf } from './names.ts';
import { Scroller } from './parts/scroller.tsx';
import { Trouble } from './parts/trouble.tsx';
import { PrintFoot } from './take/print-foot.tsx';
import { TakeAway } from './take/take-away.tsx';
import { Banner } from './time/banner.tsx';
import { sayView } from './time/banner-words.ts';
import { TimeControls } from './time/controls.tsx';
import { Scrubber } from './time/scrubber.tsx';
import { domainOf, type Stop, stopsOf } from './time/stops.ts';
import type { Navigate } from './use-address.ts';
import { type PositionOf, usePositions, useResting } from './use-positions.ts';

// The first view is the matrix; the others come when they are asked for.
const Compare = lazy(() => import('./compare/compare.tsx').then(({ Compare: view }) => ({ default: view })));
const HistoryPanel = lazy(() => import('./history/panel.tsx').then(({ HistoryPanel: view }) => ({ default: view })));
const RecordForm = lazy(() => import('./record/record.tsx').then(({ RecordForm: view }) => ({ default: view })));
const Talks = lazy(() => import('./talks/talks.tsx').then(({ Talks: view }) => ({ default: view })));

interface Props {
  readonly negotiation: string;
  readonly negotiations: readonly NegotiationSummary[];
  readonly address: Address;
  readonly navigate: Navigate;
  /** whether one moves through time, and has not come to rest */
  readonly moving: boolean;
}

const FROM_THE_START: Seen = { minPosition: null };
const NOTHING: readonly ChronicleEntry[] = [];

/** One negotiation: its time above, the view of it below, and what arrives meanwhile. */
export function Negotiation({ negotiation, negotiations, address, navigate, moving }: Props) {
  const [seen, setSeen] = useState<Seen>(FROM_THE_START);
  const [travels, setTravels] = useState(false);
  const timelines = useTimelines(travels ? timelinesPath(negotiation, address, seen) : null);
  // With the timelines at hand, the matrix moves without the server, and asks it where the movement rests.
  const local = moving && timelines !== undefined && address.view === 'matrix';
  const resting = useResting(address, local);
  const state = useAnswer<State>(statePath(negotiation, resting, seen));
  const chronicle = useAnswer<readonly ChronicleEntry[]>(chroniclePath(negotiation, address, seen));
  const whole = useAnswer<readonly ChronicleEntry[]>(chroniclePath(negotiation, HOME, FROM_THE_START));
  const to = resting.asOf ?? state.value?.asOf;
  const difference = useAnswer<readonly Difference[]>(
    address.from === null || to === undefined ? null : differencePath(negotiation, address.from, to, resting, seen),
  );
  const { asThenKnown } = address;
  const stops = useMemo(() => stopsOf(chronicle.value ?? NOTHING, asThenKnown), [chronicle.value, asThenKnown]);
  const domain = useMemo(() => domainOf(chronicle.value ?? NOTHING), [chronicle.value]);
  const start = useMemo(
    () => (whole.value ? latestPosition(whole.value.map(({ position }) => position)) : undefined),
    [whole.value],
  );
  const { connection, changes } = useLive(negotiation, address.standard, start);
  const unseen = useMemo(() => {
    const { minPosition } = seen;
    return minPosition === null
      ? changes
      : changes.filter(({ position }) => comparePositions(position, minPosition) > 0);
  }, [changes, seen]);
  const arrived = useMemo(
    () => new Set(address.recordedBy === null ? unseen.map(({ party, issue }) => `${party}/${issue}`) : []),
    [unseen, address.recordedBy],
  );
  const latest = unseen.at(-1)?.position;
  const show = () => latest !== undefined && setSeen({ minPosition: latest });
  useEffect(() => {
    if (address.follow && latest !== undefined) setSeen({ minPosition: latest });
  }, [address.follow, latest]);

  const timeZone = state.value?.gates.timeZone ?? 'UTC';
  const positions = usePositions(state.value, local ? timelines : undefined, address.asOf, timeZone);
  const title = state.value?.title ?? negotiation;
  useEffect(() => {
    document.title = `${unseen.length > 0 ? `(${unseen.length}) ` : ''}${title} · ${sayView(address, timeZone)} · Demarche`;
  }, [title, address, timeZone, unseen.length]);

  return (
    <>
      <Masthead
        title={title}
        negotiations={negotiations}
        negotiation={negotiation}
        live={
          state.value && (
            <LiveTray
              connection={connection}
              unseen={unseen}
              names={namesOf(state.value)}
              timeZone={timeZone}
              show={show}
            />
          )
        }
        take={
          state.value && (
            <TakeAway
              negotiation={negotiation}
              address={address}
              state={state.value}
              chronicle={chronicle.value ?? NOTHING}
              stops={stops}
              differences={difference.value}
              seen={seen}
            />
          )
        }
      />
      {address.view !== 'record' && (
        <section
          className="time"
          aria-label="Time"
          onPointerEnter={() => setTravels(true)}
          onFocus={() => setTravels(true)}
        >
          <Scrubber
            stops={stops}
            domain={domain}
            timeZone={timeZone}
            asOf={address.asOf}
            from={address.from}
            go={(asOf, how) => navigate({ asOf }, how)}
          />
          <TimeControls address={address} navigate={navigate} stops={stops} timeZone={timeZone} />
        </section>
      )}
      <main id="main" tabIndex={-1}>
        {state.error && <Trouble error={state.error} />}
        {state.value && (
          <>
            <Banner address={address} timeZone={timeZone} state={state.value} />
            <div className={address.cell ? 'views with-panel' : 'views'}>
              <Suspense fallback={<Loading />}>
                <View
                  address={address}
                  state={state.value}
                  chronicle={chronicle.value ?? NOTHING}
                  stops={stops}
                  differences={difference}
                  arrived={arrived}
                  positionOf={positions}
                  moving={moving}
                  negotiation={negotiation}
                  onRecorded={(position) => setSeen({ minPosition: position })}
                />
              </Suspense>
              {address.cell && (
                <Suspense fallback={<aside className="panel" />}>
                  <HistoryPanel
                    negotiation={negotiation}
                    address={address}
                    cell={address.cell}
                    state={state.value}
                    position={positions(address.cell.party, address.cell.issue)}
                    chronicle={chronicle.value ?? NOTHING}
                    last={stops.at(-1)?.at ?? Number.POSITIVE_INFINITY}
                    seen={seen}
                  />
                </Suspense>
              )}
            </div>
            <PrintFoot address={address} state={state.value} chronicle={chronicle.value ?? NOTHING} />
          </>
        )}
      </main>
    </>
  );
}

interface ViewProps {
  readonly address: Address;
  readonly state: State;
  readonly chronicle: readonly ChronicleEntry[];
  readonly stops: readonly Stop[];
  readonly differences: Answer<readonly Difference[]>;
  readonly arrived: ReadonlySet<string>;
  readonly positionOf: PositionOf;
  readonly moving: boolean;
  readonly negotiation: string;
  readonly onRecorded: (position: string) => void;
}

function View(props: ViewProps) {
  const { address, state, chronicle, stops, differences, arrived, positionOf, moving, negotiation, onRecorded } = props;
  switch (address.view) {
    case 'matrix':
      return (
        <Matrix
          state={state}
          positionOf={positionOf}
          moving={moving}
          differences={address.from === null ? undefined : differences.value}
          open={address.cell}
          folded={address.folded}
          arrived={arrived}
        />
      );
    case 'compare':
      return (
        <Scroller name="Two dates">
          <Compare address={address} state={state} chronicle={chronicle} stops={stops} differences={differences} />
        </Scroller>
      );
    case 'talks':
      return (
        <Scroller name="Proceedings">
          <Talks state={state} chronicle={chronicle} />
        </Scroller>
      );
    case 'record':
      return (
        <Scroller name="Recording">
          <RecordForm
            key={address.about}
            negotiation={negotiation}
            state={state}
            chronicle={chronicle}
            onRecorded={onRecorded}
          />
        </Scroller>
      );
  }
}

const Loading = () => (
  <p className="nothing" role="status">
    One moment…
  </p>
);
