import { edtfWords } from '../../../events/edtf-words.ts';
import type { Exchange } from '../../../projections/answers.ts';
import type { Names } from '../names.ts';
import { Besides } from '../parts/besides.tsx';
import { sayExchange } from '../words.ts';

/** What was agreed against what was carried out. */
export function Exchanges({ exchanges, names }: { readonly exchanges: readonly Exchange[]; readonly names: Names }) {
  if (exchanges.length === 0) return <p className="nothing-here">By this date no exchange is on record.</p>;
  return (
    <ul className="exchanges">
      {exchanges.map((exchange) => (
        <li key={exchange.exchange}>
          <p className="stance">{exchange.summary}</p>
          <p className="meta">
            <span>{names.parties(exchange.parties)}</span>
            {exchange.formula !== null && (
              <span>
                formula: <bdi>{exchange.formula}</bdi>
              </span>
            )}
            <b>{sayExchange(exchange.status)}</b>
          </p>
          <table className="ledger">
            <caption className="unseen">Agreed and carried out, how many each party released</caption>
            <thead>
              <tr>
                <th scope="col">
                  <span className="unseen">Step</span>
                </th>
                <th scope="col">When</th>
                {exchange.parties.map((party) => (
                  <th key={party} scope="col">
                    {names.party(party)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <Line name="Agreed" when={exchange.agreedOn} counts={exchange.agreed} parties={exchange.parties} />
              <Line
                name="Carried out"
                when={exchange.carriedOutOn.length === 0 ? null : exchange.carriedOutOn}
                counts={exchange.carriedOut}
                parties={exchange.parties}
              />
            </tbody>
          </table>
          <Besides besides={exchange.beside} names={names} dated />
        </li>
      ))}
    </ul>
  );
}

interface LineProps {
  readonly name: string;
  readonly when: string | readonly string[] | null;
  readonly counts: Exchange['agreed'];
  readonly parties: readonly string[];
}

const Line = ({ name, when, counts, parties }: LineProps) => (
  <tr>
    <th scope="row">{name}</th>
    <td>{when === null ? 'not on record' : [when].flat().map(edtfWords).join('; ')}</td>
    {parties.map((party) => (
      <td key={party}>{counts?.[party] ?? (when === null ? '' : 'no number')}</td>
    ))}
  </tr>
);
