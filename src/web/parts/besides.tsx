import { edtfWords } from '../../../events/edtf-words.ts';
import type { Beside } from '../../../projections/answers.ts';
import type { Names } from '../names.ts';
import { sayBeside } from '../words.ts';

interface Props {
  readonly besides: readonly Beside[];
  readonly names: Names;
  /** whether each says since when it stands there, and by which development: where there is no history to look it up in */
  readonly dated?: boolean;
}

/** What stands beside something on record: a denial, or what does not meet the standard. */
export const Besides = ({ besides, names, dated = false }: Props) =>
  besides.map((one) => {
    const { label, words } = sayBeside(one, names.party);
    return (
      <p key={one.id} className="beside">
        <span className="label">{label}</span>
        {words}
        {dated && (
          <span className="meta">
            <span>{edtfWords(one.occurred)}</span>
            <span>{one.id}</span>
          </span>
        )}
      </p>
    );
  });
