import { dayWords, edtfWords } from '../../../events/edtf-words.ts';
import type { Agreement, State } from '../../../projections/answers.ts';
import { type Names, namesOf } from '../names.ts';
import { Besides } from '../parts/besides.tsx';
import { sayId } from '../words.ts';
import { Exchanges } from './exchanges.tsx';
import { Plans } from './plans.tsx';
import { RoundAxis } from './round-axis.tsx';
import { RoundCard } from './round-card.tsx';
import { roundTimes } from './round-times.ts';

interface Props {
  readonly state: State;
}

/** What the parties did together: rounds, plans, exchanges, agreements. */
export function Talks({ state }: Props) {
  const names = namesOf(state);
  const times = roundTimes(state.rounds, state.gates.timeZone);
  const placed = new Set(times.map(({ round }) => round.round));
  const rounds = [...times.map(({ round }) => round), ...state.rounds.filter(({ round }) => !placed.has(round))];
  return (
    <div className="talks">
      <section aria-labelledby="rounds">
        <h2 id="rounds">Rounds</h2>
        {rounds.length === 0 ? (
          <p className="nothing-here">By this date no round is on record.</p>
        ) : (
          <>
            <RoundAxis times={times} asOf={Date.parse(state.gates.asOf)} />
            <ol className="rounds">
              {rounds.map((round, index) => (
                <RoundCard
                  key={round.round}
                  number={index + 1}
                  round={round}
                  names={names}
                  time={times.find((one) => one.round === round)}
                />
              ))}
            </ol>
          </>
        )}
      </section>
      <section aria-labelledby="plans">
        <h2 id="plans">Plans</h2>
        <Plans plans={state.plans} names={names} />
      </section>
      <section aria-labelledby="exchanges">
        <h2 id="exchanges">Exchanges</h2>
        <Exchanges exchanges={state.exchanges} names={names} />
      </section>
      {state.agreements.length > 0 && (
        <section aria-labelledby="agreements">
          <h2 id="agreements">Agreements</h2>
          <ul className="agreements">
            {state.agreements.map((agreement) => (
              <AgreementLine key={agreement.agreement} agreement={agreement} names={names} />
            ))}
          </ul>
        </section>
      )}
      {state.possiblyByThen.length > 0 && (
        <section aria-labelledby="possible">
          <h2 id="possible">May have happened by then</h2>
          <p className="hint">
            Their dates are known only as spans that this date falls into, so they do not count yet.
          </p>
          <ul className="possible">
            {state.possiblyByThen.map(({ id, occurred, headline, parties }) => (
              <li key={id}>
                <span className="when">{edtfWords(occurred)}</span>{' '}
                {parties.length > 0 && <b>{names.parties(parties)}</b>} <bdi>{headline}</bdi>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

const AgreementLine = ({ agreement, names }: { readonly agreement: Agreement; readonly names: Names }) => (
  <li>
    <h3 className="by-id">{sayId(agreement.agreement)}</h3>
    <p className="stance">{agreement.summary}</p>
    <p className="meta">
      <span>
        {agreement.status === 'in-force' ? 'in force' : 'suspended'} since {dayWords(agreement.since)}
      </span>
      <span>{names.parties(agreement.parties)}</span>
      <span>on {agreement.issues.map(names.issue).join(', ')}</span>
    </p>
    <Besides besides={agreement.beside} names={names} dated />
  </li>
);
