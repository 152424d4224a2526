import { useState } from 'react';
import { AnswerError, request } from '../answers/get.ts';
import { recordPath } from '../answers/paths.ts';
import type { Names } from '../names.ts';
import { ViewLink } from '../parts/link.tsx';

export interface Saved {
  readonly id: string;
  /** false: it was on record already */
  readonly added: boolean;
  readonly position: string;
  readonly cells: readonly { readonly party: string; readonly issue: string }[];
}

interface Props {
  readonly negotiation: string;
  readonly saved: Saved;
  readonly names: Names;
  readonly onRetracted: (position: string) => void;
}

/** What was recorded, and its undoing: a retraction, since nothing is ever deleted. */
export function SavedNote({ negotiation, saved, names, onRetracted }: Props) {
  const [reason, setReason] = useState('Recorded by mistake');
  const [undone, setUndone] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const undo = () =>
    request(recordPath(negotiation, false), { type: 'DevelopmentRetracted', retracts: saved.id, reason }).then(
      (answer) => {
        setUndone(true);
        onRetracted((answer as { position: string }).position);
      },
      (problem: unknown) => setError(problem instanceof AnswerError ? problem.message : String(problem)),
    );
  return (
    <div className="saved" role="status">
      <p>
        {saved.added ? 'Recorded' : 'This was on record already, word for word'} as <code>{saved.id}</code>.{' '}
        {saved.cells.map(({ party, issue }) => (
          <ViewLink key={`${party}/${issue}`} to={{ view: 'matrix', cell: { party, issue }, asOf: null }}>
            {names.party(party)} on {names.issue(issue)}
          </ViewLink>
        ))}
      </p>
      {saved.added && !undone && (
        <p className="undo">
          <label className="field">
            <span>Why take it back?</span>
            <input value={reason} onChange={(event) => setReason(event.target.value)} />
          </label>
          <button type="button" disabled={reason.trim() === ''} onClick={undo}>
            Undo: retract it
          </button>
        </p>
      )}
      {undone && <p>Retracted. Both stay on the record.</p>}
      {error !== null && <p className="fault">{error}</p>}
    </div>
  );
}
