import type { ChronicleEntry, Difference, State } from '../../projections/answers.ts';
import type { Address } from './address.ts';
import type { Answer } from './answers/use-answer.ts';
import { Matrix } from './matrix/matrix.tsx';
import { later } from './parts/part.tsx';
import { Scroller } from './parts/scroller.tsx';
import type { Stop } from './time/stops.ts';
import type { PositionOf } from './use-positions.ts';

// The first view is the matrix; the others come when they are asked for.
const Compare = later(() => import('./compare/compare.tsx').then((module) => module.Compare));
const RecordForm = later(() => import('./record/record.tsx').then((module) => module.RecordForm));
const Talks = later(() => import('./talks/talks.tsx').then((module) => module.Talks));

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

/** The view that the address names. */
export function View(props: ViewProps) {
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
          <Talks state={state} />
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
