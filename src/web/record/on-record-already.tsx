import { edtfWords } from '../../../events/edtf-words.ts';
import type { ChronicleEntry } from '../../../projections/answers.ts';
import type { Names } from '../names.ts';
import type { Draft } from './draft.ts';
import { type Duplicate, likelyDuplicates } from './duplicates.ts';

interface Props {
  readonly duplicates: readonly Duplicate[];
  readonly names: Names;
  readonly draft: Draft;
  readonly change: (patch: Partial<Draft>) => void;
}

/** What the draft may repeat; another report of the same thing is recorded as that. */
export function OnRecordAlready({ duplicates, names, draft, change }: Props) {
  if (duplicates.length === 0) return null;
  return (
    <div className="duplicates">
      <h3>Is it on record already?</h3>
      <ul>
        {duplicates.map(({ entry, sameReport }) => (
          <li key={entry.id}>
            <p className="stance">{entry.headline}</p>
            <p className="meta">
              <span>{names.parties(entry.parties)}</span>
              {entry.occurred !== null && <span>{edtfWords(entry.occurred)}</span>}
              <span>{sameReport ? 'from the same report' : entry.source?.publisher}</span>
              <code>{entry.id}</code>
            </p>
            {!sameReport && (
              <button
                type="button"
                onClick={() =>
                  change({ type: 'DevelopmentCorroborated', texts: { ...draft.texts, corroborates: entry.id } })
                }
              >
                Record this as a further report of it
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function duplicatesOf(draft: Draft, chronicle: readonly ChronicleEntry[]): readonly Duplicate[] {
  const { texts, lists } = draft;
  if (draft.type.startsWith('Development')) return [];
  return likelyDuplicates(
    {
      url: texts['source.url'],
      parties: lists.whose ?? lists.parties ?? (texts.party ? [texts.party] : []),
      issue: texts.issue || undefined,
      occurred: texts.occurred,
      words: texts.stance ?? summaryOf(texts),
    },
    chronicle,
  );
}

/** As a headline has it: with the name of what it is about. */
const summaryOf = ({ round, plan, exchange, agreement, summary }: Draft['texts']): string =>
  summary === undefined ? '' : [round, plan, exchange, agreement, summary].filter(Boolean).join(' ');
