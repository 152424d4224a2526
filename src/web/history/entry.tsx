import { edtfWords } from '../../../events/edtf-words.ts';
import type { HistoryEntry } from '../../../projections/answers.ts';
import { isolated } from '../isolated.ts';
import { sayMoment } from '../moments.ts';
import type { Names } from '../names.ts';
import { ViewLink } from '../parts/link.tsx';
import { EffectBadge } from '../parts/mark.tsx';
import { SourceLine } from '../parts/source-line.tsx';
import { explainAttribution, sayId, sayKnown, sayStatus, sayStep } from '../words.ts';

interface Props {
  readonly entry: HistoryEntry;
  readonly names: Names;
  readonly timeZone: string;
}

/** One step of a history: the words, who said them, on whose authority, and the three clocks. */
export function Entry({ entry, names, timeZone }: Props) {
  const { effect, shift, status, stance, speaker, attribution, source } = entry;
  const gone = status === 'corrected' || status === 'retracted';
  return (
    <li className={`entry is-${status}`} id={entryId(entry.id)} tabIndex={-1}>
      <p className="entry-head">
        <EffectBadge effect={effect} shift={shift} />
        {entry.occurred !== null && <span className="when">{edtfWords(entry.occurred)}</span>}
        <span className="status">{sayStatus(status)}</span>
      </p>
      {stance !== null && <p className="stance">{gone ? <s>{stance}</s> : stance}</p>}
      {entry.reason !== null && (
        <p className="reason">
          Retracted: <bdi>{gone ? <s>{entry.reason}</s> : entry.reason}</bdi>
        </p>
      )}
      <p className="who">
        {[
          speaker && [speaker.name, speaker.office ?? ''].filter(Boolean).map(isolated).join(', '),
          sayStep(entry, names.party),
          entry.point !== null && entry.point !== 'main' && `point “${sayId(entry.point)}”`,
        ]
          .filter(Boolean)
          .join(' · ')}
        {attribution !== null && (
          <>
            {' · '}
            <span title={explainAttribution(attribution)}>{sayKnown(attribution, entry.statedBy, names.party)}</span>
          </>
        )}
      </p>
      {source?.quote !== undefined && <blockquote>{source.quote}</blockquote>}
      {source && (
        <p className="who">
          <SourceLine source={source} />
        </p>
      )}
      {entry.corroboratedBy.map((report) => (
        <p key={JSON.stringify(report)} className="who">
          also: <SourceLine source={report} />
        </p>
      ))}
      <dl className="clocks">
        {entry.occurred !== null && <Clock name="happened" words={edtfWords(entry.occurred)} />}
        <Clock name="reported" words={entry.reported === null ? 'always' : sayMoment(entry.reported, timeZone)} />
        <Clock name="recorded" words={sayMoment(entry.recorded, timeZone)} />
        <Clock name="id" words={entry.id} />
      </dl>
      {!gone && !entry.type.startsWith('Development') && (
        <p className="amend">
          <ViewLink to={{ view: 'record', about: entry.id, cell: null }}>Correct or retract</ViewLink>
        </p>
      )}
    </li>
  );
}

const Clock = ({ name, words }: { readonly name: string; readonly words: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{words}</dd>
  </div>
);

export const entryId = (id: string): string => `entry-${id}`;
