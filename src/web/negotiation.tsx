import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import type { ChronicleEntry, Difference, State } from '../../projections/answers.ts';
import type { NegotiationSummary } from '../tracker/index.ts';
import { type Address, HOME } from './address.ts';
import { chroniclePath, differencePath, type Seen, statePath, timelinesPath } from './answers/paths.ts';
import { useAnswer } from './answers/use-answer.ts';
import { useTimelines } from './answers/use-timelines.ts';
import { liesAfter } from './compare/order.ts';
import { isolated } from './isolated.ts';
import { latestPosition } from './live/positions.ts';
import { after, isBehind, laterOf } from './live/seen.ts';
import { LiveTray } from './live/tray.tsx';
import { useLive } from './live/use-live.ts';
import { useReach } from './live/use-reach.ts';
import { Masthead } from './masthead.tsx';
import { namesOf } from './names.ts';
import { ViewLink } from './parts/link.tsx';
import { later, Part } from './parts/part.tsx';
import { Trouble } from './parts/trouble.tsx';
import { PrintFoot } from './take/print-foot.tsx';
import { TakeAway } from './take/take-away.tsx';
import { Banner } from './time/banner.tsx';
import { sayView } from './time/banner-words.ts';
import { TimeControls } from './time/controls.tsx';
import { Scrubber } from './time/scrubber.tsx';
import { domainOf, stopsOf } from './time/stops.ts';
import type { Navigate } from './use-address.ts';
import { usePositions, useResting } from './use-positions.ts';
import { View } from './view.tsx';

// The first view is the matrix; the history of a cell comes when it is asked for.
const HistoryPanel = later(() => import('./history/panel.tsx').then((module) => module.HistoryPanel));

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
  const timeZone = state.value?.gates.timeZone ?? 'UTC';
  const to = resting.asOf ?? state.value?.asOf;
  const difference = useAnswer<readonly Difference[]>(
    address.from === null || to === undefined || liesAfter(address.from, to, timeZone)
      ? null
      : differencePath(negotiation, address.from, to, resting, seen),
  );
  const { asThenKnown } = address;
  const stops = useMemo(() => stopsOf(chronicle.value ?? NOTHING, asThenKnown), [chronicle.value, asThenKnown]);
  const domain = useMemo(() => domainOf(chronicle.value ?? NOTHING), [chronicle.value]);
  const start = useMemo(
    () => (whole.value ? latestPosition(whole.value.map(({ position }) => position)) : undefined),
    [whole.value],
  );
  const { connection, changes } = useLive(negotiation, address.standard, start);
  const opened = negotiations.find((one) => one.negotiation === negotiation)?.revision;
  const reach = useReach(state, seen, opened);
  const unseen = useMemo(() => (reach === undefined ? [] : after(changes, seen, reach)), [changes, seen, reach]);
  const arrived = useMemo(
    () => new Set(address.recordedBy === null ? unseen.map(({ party, issue }) => `${party}/${issue}`) : []),
    [unseen, address.recordedBy],
  );
  const latest = unseen.at(-1)?.position;
  const advance = useCallback((position: string) => setSeen((before) => laterOf(before, position)), []);
  useEffect(() => {
    if (address.follow && latest !== undefined) advance(latest);
  }, [address.follow, latest, advance]);
  // The state may have been read a moment before the chronicle, which tells the stream where to begin.
  const behind = useMemo(
    () => address.recordedBy === null && isBehind(state.value, whole.value),
    [address.recordedBy, state.value, whole.value],
  );
  useEffect(() => {
    if (behind && start) advance(start);
  }, [behind, start, advance]);

  const positions = usePositions(state.value, local ? timelines : undefined, address.asOf, timeZone);
  const title = state.value?.title ?? negotiation;
  useEffect(() => {
    document.title = `${unseen.length > 0 ? `(${unseen.length}) ` : ''}${isolated(title)} · ${sayView(address, timeZone)} · Demarche`;
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
              show={() => latest !== undefined && advance(latest)}
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
        {state.error && state.error.status !== 401 && <Trouble error={state.error} />}
        {state.value && (
          <>
            <Banner address={address} timeZone={timeZone} state={state.value} />
            <div className={address.cell ? 'views with-panel' : 'views'}>
              <Part key={address.view} waiting={<Loading />}>
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
                  onRecorded={advance}
                />
              </Part>
              {address.cell && (
                <Part waiting={<aside className="panel" />} frame={panelWithout}>
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
                </Part>
              )}
            </div>
            <PrintFoot address={address} state={state.value} chronicle={chronicle.value ?? NOTHING} />
          </>
        )}
      </main>
    </>
  );
}

const Loading = () => (
  <p className="nothing" role="status">
    One moment…
  </p>
);

const panelWithout = (trouble: ReactNode) => (
  <aside className="panel" aria-label="History">
    {trouble}
    <p>
      <ViewLink to={{ cell: null }}>Close the history</ViewLink>
    </p>
  </aside>
);
