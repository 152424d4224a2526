import { dayWords, edtfWords } from '../../../events/edtf-words.ts';
import type { Round } from '../../../projections/answers.ts';
import { isolated } from '../isolated.ts';
import { dayOf } from '../moments.ts';
import type { Names } from '../names.ts';
import { Besides } from '../parts/besides.tsx';
import { sayId, sayList, sayOutcome, sayRound } from '../words.ts';
import { RoundShape } from './round-axis.tsx';
import type { RoundTime } from './round-times.ts';

interface Props {
  readonly number: number;
  readonly round: Round;
  readonly names: Names;
  readonly time: RoundTime | undefined;
}

export function RoundCard({ number, round, names, time }: Props) {
  return (
    <li className="round">
      <svg className="round-number" width="26" height="26" viewBox="-13 -13 26 26" aria-hidden="true" focusable="false">
        <g className="round-at">
          <RoundShape status={round.status} />
          <text y={4} textAnchor="middle">
            {number}
          </text>
        </g>
      </svg>
      <div>
        <h3>
          {[round.venue ?? '', round.format ?? ''].filter(Boolean).map(isolated).join(', ') || sayId(round.round)}
        </h3>
        <p className="round-when">
          {sayWhen(round, time)} · <b>{sayRound(round)}</b>
          {round.status === 'overdue' && ': its day has passed, and no report says that it was held'}
          {round.outcome !== null && `, ${sayOutcome(round.outcome)}`}
        </p>
        {round.summary !== null && <p className="stance">{round.summary}</p>}
        <p className="meta">
          <span>{names.parties(round.parties)}</span>
          {round.mediators.length > 0 && <span>mediated by {names.parties(round.mediators)}</span>}
        </p>
        {round.delegations.length > 0 && (
          <dl className="delegations">
            {round.delegations.map(({ party, head, members }) => (
              <div key={party}>
                <dt>{names.party(party)}</dt>
                <dd>
                  {[head && `${isolated(head)} (head)`, members.length > 0 && sayList(members.map(isolated))]
                    .filter(Boolean)
                    .join(', with ') || 'named'}
                </dd>
              </div>
            ))}
          </dl>
        )}
        <Besides besides={round.beside} names={names} dated />
      </div>
    </li>
  );
}

function sayWhen({ scheduledFor, held }: Round, time: RoundTime | undefined): string {
  if (time && !time.planned) {
    const [from, to] = [dayOf(time.from, 'UTC'), dayOf(time.to, 'UTC')];
    if (time.vague === 'begin') return `some time between ${dayWords(from)} and ${dayWords(to)}`;
    if (time.vague === 'end') return `from ${dayWords(from)}, ended by ${dayWords(to)}`;
    return edtfWords(`${from}/${to}`);
  }
  // Held, on a day that cannot be drawn: a season, or "some time in".
  if (held.length > 0) return [...new Set(held.map(edtfWords))].join(' – ');
  return scheduledFor === null ? 'no date on record' : `scheduled for ${edtfWords(scheduledFor)}`;
}
