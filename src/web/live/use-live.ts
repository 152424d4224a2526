import { useEffect, useState } from 'react';
import type { Change, Standard } from '../../../projections/answers.ts';
import { streamPath } from '../answers/paths.ts';
import { useAccess } from '../answers/use-access.ts';
import { type Connection, openStream } from './stream.ts';

export interface Live {
  readonly connection: Connection;
  /** every change that came since the page was opened, oldest first */
  readonly changes: readonly Change[];
}

const KEPT = 500;

/** Changes as they are recorded. @param start the log position that the page begins with; undefined: not known yet */
export function useLive(negotiation: string, standard: Standard, start: string | null | undefined): Live {
  const [connection, setConnection] = useState<Connection>('connecting');
  const [changes, setChanges] = useState<readonly Change[]>([]);
  const { given } = useAccess();
  // With another token it is opened anew.
  useEffect(() => {
    if (start === undefined) return;
    setChanges([]);
    return openStream({
      path: (after) => streamPath(negotiation, standard, after),
      after: start,
      onConnection: setConnection,
      onChange: (change) => setChanges((before) => [...before.slice(1 - KEPT), change]),
    });
  }, [negotiation, standard, start, given]);
  return { connection, changes };
}
