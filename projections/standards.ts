/** What may set a position. Imports types alone, so that the page can ask it too. */
import type { Attribution } from '../events/index.ts';
import type { Standard } from './answers.ts';

/** Does this attribution set positions under this standard? */
export function meets(standard: Standard, attribution: Attribution): boolean {
  switch (standard) {
    case 'strict':
      return attribution === 'on-record';
    case 'stated':
      return attribution === 'on-record' || attribution === 'narrative';
    case 'all':
      return true;
  }
}
