import { useMemo } from 'react';
import type { ChronicleEntry, Difference, State } from '../../projections/answers.ts';
import type { NegotiationSummary } from '../tracker/index.ts';
import type { Address } from './address.ts';
import { chroniclePath, differencePath, negotiationsPath, type Seen, statePath } from './answers/paths.ts';
import { type Answer, useAnswer } from './answers/use-answer.ts';
import { Compare } from './compare/compare.tsx';
import { HistoryPanel } from './history/panel.tsx';
import { Masthead } from './masthead.tsx';
import { Matrix } from './matrix/matrix.tsx';
import { Trouble } from './parts/trouble.tsx';
import { Talks } from './talks/talks.tsx';
import { Banner } from './time/banner.tsx';
import { TimeControls } from './time/controls.tsx';
import { Scrubber } from './time/scrubber.tsx';
import { type Stop, stopsOf } from './time/stops.ts';
import { AddressContext, NavigateContext, useAddressBar } from './use-address.ts';

const SEEN: Seen = { minPosition: null };

/** The page: an address, the answers to it, and the view of them. */
export function App() {
  const [address, navigate] = useAddressBar();
  const negotiations = useAnswer<readonly NegotiationSummary[]>(negotiationsPath(SEEN));
  const negotiation = address.negotiation ?? negotiations.value?.[0]?.negotiation;
  return (
    <NavigateContext value={navigate}>
      <AddressContext value={address}>
        {negotiation === undefined ? (
          <Waiting answer={negotiations} />
        ) : (
          <Negotiation
            key={negotiation}
            negotiation={negotiation}
            negotiations={negotiations.value ?? []}
            address={address}
            navigate={navigate}
          />
        )}
      </AddressContext>
    </NavigateContext>
  );
}

function Waiting({ answer }: { readonly answer: ReturnType<typeof useAnswer<readonly NegotiationSummary[]>> }) {
  if (answer.error) return <Trouble error={answer.error} />;
  if (answer.value) return <p className="nothing">Nothing is on record yet.</p>;
  return (
    <p className="nothing" role="status">
      Reading the record…
    </p>
  );
}

interface Props {
  readonly negotiation: string;
  readonly negotiations: readonly NegotiationSummary[];
  readonly address: Address;
  readonly navigate: ReturnType<typeof useAddressBar>[1];
}

function Negotiation({ negotiation, negotiations, address, navigate }: Props) {
  const state = useAnswer<State>(statePath(negotiation, address, SEEN));
  const chronicle = useAnswer<readonly ChronicleEntry[]>(chroniclePath(negotiation, address, SEEN));
  const difference = useAnswer<readonly Difference[]>(
    address.from === null || state.value === undefined
      ? null
      : differencePath(negotiation, address.from, address.asOf ?? state.value?.asOf ?? '', address, SEEN),
  );
  const stops = useMemo(
    () => stopsOf(chronicle.value ?? [], address.asThenKnown),
    [chronicle.value, address.asThenKnown],
  );
  const last = stops.at(-1)?.at ?? Number.POSITIVE_INFINITY;
  const arrived = useMemo(() => new Set<string>(), []);
  const timeZone = state.value?.gates.timeZone ?? 'UTC';
  return (
    <>
      <Masthead title={state.value?.title ?? negotiation} negotiations={negotiations} negotiation={negotiation} />
      <section className="time" aria-label="Time">
        <Scrubber
          stops={stops}
          timeZone={timeZone}
          asOf={address.asOf}
          from={address.from}
          go={(asOf, how) => navigate({ asOf }, how)}
        />
        <TimeControls address={address} navigate={navigate} stops={stops} timeZone={timeZone} />
      </section>
      <main id="main">
        {state.error && <Trouble error={state.error} />}
        {state.value && (
          <>
            <Banner address={address} timeZone={timeZone} state={state.value} />
            <div className={address.cell ? 'views with-panel' : 'views'}>
              <View
                address={address}
                state={state.value}
                chronicle={chronicle.value ?? []}
                stops={stops}
                differences={difference}
                arrived={arrived}
              />
              {address.cell && (
                <HistoryPanel
                  negotiation={negotiation}
                  address={address}
                  cell={address.cell}
                  state={state.value}
                  last={last}
                  seen={SEEN}
                />
              )}
            </div>
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
}

function View({ address, state, chronicle, stops, differences, arrived }: ViewProps) {
  switch (address.view) {
    case 'matrix':
      return (
        <Matrix
          state={state}
          differences={address.from === null ? undefined : differences.value}
          open={address.cell}
          folded={address.folded}
          arrived={arrived}
        />
      );
    case 'compare':
      return (
        <div className="scroller">
          <Compare address={address} state={state} chronicle={chronicle} stops={stops} differences={differences} />
        </div>
      );
    case 'talks':
      return (
        <div className="scroller">
          <Talks state={state} chronicle={chronicle} />
        </div>
      );
    case 'record':
      return <div className="scroller">…</div>;
  }
}
