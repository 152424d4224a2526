import type { Change } from '../../../projections/answers.ts';
import { PositionText } from '../matrix/cell.tsx';
import type { Names } from '../names.ts';
import { EffectBadge } from '../parts/mark.tsx';
import { NO_POSITION } from '../words.ts';

/** What recording it would do, cell by cell, before it is saved. */
export function Preview({ changes, names }: { readonly changes: readonly Change[]; readonly names: Names }) {
  if (changes.length === 0) return <p className="hint">It goes on the record and changes no position.</p>;
  return changes.map(({ cursor, party, issue, change, shift, before, after, past }) => (
    <article key={cursor} className="preview-cell">
      <h3>
        {names.party(party)} on {names.issue(issue)}
      </h3>
      <p>
        <EffectBadge effect={change} shift={shift} />
        {past && <span className="hint"> only the past reads differently</span>}
      </p>
      <div className="preview-pair">
        <div>
          <span className="label">before</span>
          {before ? <PositionText position={before} names={names} /> : <p className="none">{NO_POSITION}</p>}
        </div>
        <div>
          <span className="label">after</span>
          {after ? <PositionText position={after} names={names} /> : <p className="none">{NO_POSITION}</p>}
        </div>
      </div>
    </article>
  ));
}
