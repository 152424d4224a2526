import { useEffect, useState } from 'react';
import { readTimelines, type Timelines } from './timelines.ts';

/** The timelines at a path, once they are read; null asks for none. */
export function useTimelines(path: string | null): Timelines | undefined {
  const [read, setRead] = useState<{ readonly path: string; readonly timelines: Timelines } | null>(null);
  useEffect(() => {
    if (path === null) return;
    const stop = new AbortController();
    void readTimelines(path, stop.signal).then((timelines) => timelines && setRead({ path, timelines }));
    return () => stop.abort();
  }, [path]);
  return read !== null && read.path === path ? read.timelines : undefined;
}
