/** Where each answer is. */
import type { Standard } from '../../../projections/answers.ts';
import { type Address, type Cell, gateQuery } from '../address.ts';

const API = '/api/negotiations';

/** What to wait for before answering: the log position up to which this page has seen changes. */
export interface Seen {
  readonly minPosition: string | null;
}

function path(negotiation: string, rest: string, query: Record<string, string>, { minPosition }: Seen): string {
  const parameters = new URLSearchParams(minPosition === null ? query : { ...query, minPosition });
  const search = parameters.size === 0 ? '' : `?${parameters}`;
  return `${API}/${encodeURIComponent(negotiation)}${rest}${search}`;
}

export const negotiationsPath = ({ minPosition }: Seen): string =>
  minPosition === null ? API : `${API}?${new URLSearchParams({ minPosition })}`;

export const statePath = (negotiation: string, address: Address, seen: Seen): string =>
  path(negotiation, '/state', gateQuery(address), seen);

/** Every development that the gates on knowledge let through, whatever the date. */
export const chroniclePath = (negotiation: string, { knownOn, recordedBy }: Address, seen: Seen): string =>
  path(
    negotiation,
    '/developments',
    { ...(knownOn === null ? {} : { knownOn }), ...(recordedBy === null ? {} : { recordedBy }) },
    seen,
  );

export const historyPath = (negotiation: string, { party, issue }: Cell, address: Address, seen: Seen): string =>
  path(
    negotiation,
    `/positions/${encodeURIComponent(party)}/${encodeURIComponent(issue)}/history`,
    gateQuery(address),
    seen,
  );

export function differencePath(negotiation: string, from: string, to: string, address: Address, seen: Seen): string {
  const { asOf: _, knownOn: __, ...rest } = gateQuery(address);
  const query = { from, to, ...rest };
  return path(negotiation, '/diff', query, seen);
}

export function streamPath(negotiation: string, standard: Standard, after: string | null): string {
  const query = new URLSearchParams({ standard, ...(after === null ? {} : { after }) });
  return `${API}/${encodeURIComponent(negotiation)}/changes/stream?${query}`;
}

/** @param rehearsal everything is checked, and nothing written */
export const recordPath = (negotiation: string, rehearsal: boolean): string =>
  `${API}/${encodeURIComponent(negotiation)}/developments${rehearsal ? '?dryRun=true' : ''}`;

/** Every position over time, as the gates on knowledge let it through. */
export function timelinesPath(negotiation: string, address: Address, seen: Seen): string {
  const { asOf: _, ...query } = gateQuery(address);
  return path(negotiation, '/timelines', query, seen);
}
