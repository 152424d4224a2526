import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { ChronicleEntry, HistoryEntry, Position, State } from '../../../projections/answers.ts';
import type { Address, Cell } from '../address.ts';
import { historyPath, type Seen } from '../answers/paths.ts';
import { useAnswer } from '../answers/use-answer.ts';
import { PositionText } from '../matrix/cell.tsx';
import { namesOf } from '../names.ts';
import { Icon } from '../parts/icons.tsx';
import { ViewLink } from '../parts/link.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { TakeLane } from '../take/take-lane.tsx';
import { sayView } from '../time/banner-words.ts';
import { useNavigate } from '../use-address.ts';
import { NO_POSITION } from '../words.ts';
import { Entry, entryId } from './entry.tsx';
import { Lane } from './lane.tsx';

interface Props {
  readonly negotiation: string;
  readonly address: Address;
  readonly cell: Cell;
  readonly state: State;
  readonly position: Position | undefined;
  readonly chronicle: readonly ChronicleEntry[];
  readonly last: number;
  readonly seen: Seen;
}

/** The history of one cell: what the position is, how it came about, who reported it. */
export function HistoryPanel({ negotiation, address, cell, state, position, chronicle, last, seen }: Props) {
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  const history = useAnswer<readonly HistoryEntry[]>(historyPath(negotiation, cell, address, seen));
  const names = namesOf(state);
  const [party, issue] = [names.party(cell.party), names.issue(cell.issue)];
  const { timeZone } = state.gates;
  const until = Math.min(Date.parse(state.gates.asOf), last);

  // The focus follows the cell that was opened; a page that begins with one open leaves it at the top.
  useEffect(() => {
    const link = cellLink(cell);
    link?.closest('td')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (link && document.activeElement === link) heading.current?.focus({ preventScroll: true });
  }, [cell.party, cell.issue]);

  const close = () => {
    navigate({ cell: null });
    requestAnimationFrame(() => cellLink(cell)?.focus());
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  };
  const pick = (id: string) => {
    const entry = document.getElementById(entryId(id));
    entry?.scrollIntoView({ block: 'nearest' });
    entry?.focus({ preventScroll: true });
  };

  return (
    <aside className="panel" aria-label={`History: ${party} on ${issue}`} onKeyDown={key}>
      <div className="panel-head">
        <h2 ref={heading} tabIndex={-1}>
          <span className="panel-party">{party}</span> {issue}
        </h2>
        <button type="button" className="close" aria-label="Close the history" title="Close (Escape)" onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      <p className="panel-view">{sayView(address, timeZone)}</p>
      <div className="panel-now">
        {position ? <PositionText position={position} names={names} /> : <p className="none">{NO_POSITION}</p>}
      </div>
      {history.error && <Trouble error={history.error} />}
      {history.value && history.value.length > 0 && (
        <>
          <h3>How it evolved</h3>
          <Lane history={history.value} until={until} pick={pick} />
          <TakeLane
            negotiation={negotiation}
            address={address}
            cell={cell}
            state={state}
            chronicle={chronicle}
            history={history.value}
            title={`${party} on ${issue}`}
            until={until}
          />
          <ol className="entries" aria-busy={history.stale}>
            {history.value.map((entry) => (
              <Entry key={`${entry.id} ${entry.status}`} entry={entry} names={names} timeZone={timeZone} />
            ))}
          </ol>
        </>
      )}
      {history.value?.length === 0 && <p className="nothing-here">Nothing is on record for this cell in this view.</p>}
      <p className="panel-foot">
        <ViewLink to={{ cell: null }}>Back to the matrix</ViewLink>
      </p>
    </aside>
  );
}

const cellLink = ({ party, issue }: Cell): HTMLElement | null =>
  document.querySelector(`[data-cell="${CSS.escape(`${party}/${issue}`)}"]`);
