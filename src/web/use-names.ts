import { useMemo } from 'react';
import { type Named, type Names, namesOf } from './names.ts';

/** The names in a state: the same object as long as they say the same, so that thousands of cells need not be drawn again for them. */
export function useNames({ parties, issues }: Named): Names {
  const text = JSON.stringify({
    parties: parties.map(({ party, name }) => ({ party, name })),
    issues: issues.map(({ issue, title }) => ({ issue, title })),
  });
  return useMemo(() => namesOf(JSON.parse(text) as Named), [text]);
}
