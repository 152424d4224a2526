import type { ReactNode } from 'react';
import type { NegotiationSummary } from '../tracker/index.ts';
import type { ViewName } from './address.ts';
import { ViewLink } from './parts/link.tsx';
import { useAddress, useNavigate } from './use-address.ts';

const NAMES: Readonly<Record<ViewName, string>> = {
  matrix: 'Positions',
  compare: 'Two dates',
  talks: 'Proceedings',
  record: 'Record',
};

interface Props {
  readonly title: string;
  readonly negotiation: string;
  readonly negotiations: readonly NegotiationSummary[];
  readonly live: ReactNode;
  readonly take: ReactNode;
}

export function Masthead({ title, negotiation, negotiations, live, take }: Props) {
  const { view } = useAddress();
  const navigate = useNavigate();
  return (
    <header className="masthead">
      <a className="skip" href="#main">
        Skip to the positions
      </a>
      <p className="wordmark">Demarche</p>
      <h1>{title}</h1>
      {negotiations.length > 1 && (
        <label className="field">
          <span>Negotiation</span>
          <select
            value={negotiation}
            onChange={(event) =>
              navigate({ negotiation: event.target.value, cell: null, from: null, asOf: null, folded: [] })
            }
          >
            {negotiations.map((one) => (
              <option key={one.negotiation} value={one.negotiation}>
                {one.title}
              </option>
            ))}
          </select>
        </label>
      )}
      {live}
      <nav aria-label="Views">
        <ul>
          {Object.entries(NAMES).map(([name, words]) => (
            <li key={name}>
              <ViewLink to={{ view: name as ViewName, about: null }} aria-current={view === name ? 'page' : undefined}>
                {words}
              </ViewLink>
            </li>
          ))}
        </ul>
        {take}
      </nav>
    </header>
  );
}
