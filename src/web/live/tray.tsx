import type { Change } from '../../../projections/answers.ts';
import { sayMoment } from '../moments.ts';
import type { Names } from '../names.ts';
import { ViewLink } from '../parts/link.tsx';
import { EffectBadge } from '../parts/mark.tsx';
import { Menu } from '../parts/menu.tsx';
import { useAddress, useNavigate } from '../use-address.ts';
import { count } from '../words.ts';
import type { Connection } from './stream.ts';
import { sayChange, tell } from './told.ts';

interface Props {
  readonly connection: Connection;
  /** what was recorded since the view was made, and is not in it */
  readonly unseen: readonly Change[];
  readonly names: Names;
  readonly timeZone: string;
  readonly show: () => void;
}

const CONNECTIONS: Readonly<Record<Connection, string>> = {
  connecting: 'connecting…',
  live: 'live',
  behind: 'the server has lost its store: the newest may be missing',
  lost: 'connection lost, trying again',
  refused: 'not live: the server refuses the stream',
};

/** The state of the connection, and what arrived. Nothing on the page moves until one asks for it, or chose to follow. */
export function LiveTray({ connection, unseen, names, timeZone, show }: Props) {
  const { follow } = useAddress();
  const navigate = useNavigate();
  const last = unseen.at(-1);
  return (
    <div className="live">
      <p className={`connection is-${connection}`} role="status">
        {CONNECTIONS[connection]}
      </p>
      <label className="follow">
        <input
          type="checkbox"
          checked={follow}
          onChange={(event) => navigate({ follow: event.target.checked }, 'replace')}
        />
        follow
      </label>
      <p className="unseen" role="log" aria-label="Recorded now">
        {last && sayChange(last, names)}
      </p>
      {unseen.length > 0 && (
        <Menu className="tray" title={`${count(unseen.length, 'change')} recorded`}>
          <div className="tray-sheet">
            <button type="button" onClick={show}>
              Bring the page up to date
            </button>
            <ol>
              {unseen.toReversed().map((change) => (
                <li key={change.cursor}>
                  <p>
                    <EffectBadge effect={change.change} shift={change.shift} />{' '}
                    <span className="when">{sayMoment(change.recorded, timeZone)}</span>
                  </p>
                  <ViewLink to={{ cell: { party: change.party, issue: change.issue } }}>
                    {names.party(change.party)} on {names.issue(change.issue)}
                  </ViewLink>
                  {change.past && <span> (only the past reads differently)</span>}
                  {tell(change, names).map(({ label, words, wrong }) => (
                    <p key={`${label} ${words}`} className="told">
                      {label !== null && <span className="label">{label}</span>}
                      <span className="stance">{wrong ? <s>{words}</s> : words}</span>
                    </p>
                  ))}
                </li>
              ))}
            </ol>
          </div>
        </Menu>
      )}
    </div>
  );
}
