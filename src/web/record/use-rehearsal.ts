import { useEffect, useState } from 'react';
import type { Change } from '../../../projections/answers.ts';
import { AnswerError, request } from '../answers/get.ts';
import { recordPath } from '../answers/paths.ts';
import { useAccess } from '../answers/use-access.ts';

export interface Rehearsal {
  readonly changes: readonly Change[] | null;
  readonly error: AnswerError | null;
}

const NOTHING: Rehearsal = { changes: null, error: null };
const TYPING_MS = 350;

/**
 * What recording this would do, asked while one types, and again with another token: the server checks everything and writes nothing.
 */
export function useRehearsal(negotiation: string, development: object | null): Rehearsal {
  const { given } = useAccess();
  const [rehearsal, setRehearsal] = useState<Rehearsal>(NOTHING);
  const written = development === null ? null : JSON.stringify(development);
  useEffect(() => {
    if (written === null) return setRehearsal(NOTHING);
    let current = true;
    const timer = setTimeout(() => {
      request(recordPath(negotiation, true), JSON.parse(written)).then(
        (answer) =>
          current && setRehearsal({ changes: (answer as { changes: readonly Change[] }).changes, error: null }),
        (error: unknown) => current && error instanceof AnswerError && setRehearsal({ changes: null, error }),
      );
    }, TYPING_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [negotiation, written, given]);
  return rehearsal;
}
