import { useEffect, useRef, useState } from 'react';
import { AnswerError, get, peek } from './get.ts';
import { useAccess } from './use-access.ts';

export interface Answer<T> {
  /** the newest there is: while another is on its way, the one before stays on screen */
  readonly value: T | undefined;
  /** whether `value` answers an earlier question */
  readonly stale: boolean;
  readonly error: AnswerError | null;
}

/** What is asked with another token is another question. */
interface Question {
  readonly path: string | null;
  readonly given: number;
}

/**
 * The answer at a path; null asks nothing. One question is under way at a time and the newest goes next, so that dragging through time
 * shows as many moments as the server can answer and always ends on the right one.
 */
export function useAnswer<T>(path: string | null): Answer<T> {
  const [shown, show] = useState<{ readonly path: string; readonly value: T } | null>(null);
  const [failed, fail] = useState<{ readonly path: string; readonly error: AnswerError } | null>(null);
  const { given } = useAccess();
  const wanted = useRef<Question>({ path, given });
  const busy = useRef(false);

  useEffect(() => {
    wanted.current = { path, given };
    if (path === null || busy.current) return;
    busy.current = true;
    void (async () => {
      for (let done: Question | null = null; wanted.current !== done; ) {
        const question: Question = wanted.current;
        const { path: next } = question;
        if (next === null) break;
        await get<T>(next).then(
          (value) => {
            show({ path: next, value });
            fail(null);
          },
          (error: unknown) => fail({ path: next, error: asAnswerError(error) }),
        );
        done = question;
      }
      busy.current = false;
    })();
  }, [path, given]);

  const known = path === null ? undefined : peek<T>(path);
  // Of a question that is not asked any more, nothing stays on screen.
  const value = path === null ? undefined : (known ?? shown?.value);
  return {
    value,
    stale: known === undefined && shown?.path !== path,
    error: failed !== null && failed.path === path && known === undefined ? failed.error : null,
  };
}

const asAnswerError = (error: unknown): AnswerError =>
  error instanceof AnswerError ? error : new AnswerError(String(error), 0, 'UNKNOWN');
