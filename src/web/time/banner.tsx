import type { State } from '../../../projections/answers.ts';
import { type Address, HOME, isNow } from '../address.ts';
import { ViewLink } from '../parts/link.tsx';
import { count } from '../words.ts';
import { sayView } from './banner-words.ts';

interface Props {
  readonly address: Address;
  readonly timeZone: string;
  readonly state: State;
}

/** Shown whenever the view is not now: nobody may take the past for the present. */
export function Banner({ address, timeZone, state }: Props) {
  if (isNow(address) && address.standard === HOME.standard) return null;
  const possible = state.possiblyByThen.length;
  return (
    <div className="banner" role="note">
      <p>
        <strong>{sayView(address, timeZone)}.</strong>
        {possible > 0 &&
          ` ${count(possible, 'development')} may have happened by then, and cannot be placed for certain.`}
      </p>
      <ViewLink to={{ asOf: null, knownOn: null, asThenKnown: false, recordedBy: null, standard: HOME.standard }}>
        Return to now
      </ViewLink>
    </div>
  );
}
