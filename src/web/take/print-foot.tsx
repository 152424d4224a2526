import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ChronicleEntry, State } from '../../../projections/answers.ts';
import type { Address } from '../address.ts';
import { type Frame, frameOf, shownIn } from './frame.ts';

interface Props {
  readonly address: Address;
  readonly state: State;
  readonly chronicle: readonly ChronicleEntry[];
}

/** On paper only: which view this is, how to get it again, and whose reports it rests on, as of the moment of printing. */
export function PrintFoot({ address, state, chronicle }: Props) {
  const [frame, setFrame] = useState<Frame | null>(null);
  useEffect(() => {
    const write = () =>
      flushSync(() => setFrame(frameOf(state, address, chronicle, shownIn(state), location.origin, Date.now())));
    addEventListener('beforeprint', write);
    return () => removeEventListener('beforeprint', write);
  }, [address, state, chronicle]);
  if (!frame) return null;
  return (
    <footer className="print-foot">
      <p>{frame.citation}</p>
      {frame.sources.length > 0 && <p>Sources: {frame.sources.join('; ')}.</p>}
    </footer>
  );
}
