/** What a negotiation is, in a line of a list. */
import type { DemarcheError } from '../../events/index.ts';
import { titleOf } from '../../projections/index.ts';
import type { NegotiationSummary } from './api.ts';
import { latest } from './gates.ts';
import type { NegotiationLog } from './log/log.ts';
import type { Reader } from './reader.ts';

export async function summaryOf(log: NegotiationLog, reader: Reader, now: number): Promise<NegotiationSummary> {
  const { negotiation, size, timeZone } = log;
  const { told, parties, issues } = await reader.context({ asOf: latest(log, now), knownOn: null, recordedBy: null });
  return {
    negotiation,
    title: titleOf(told),
    timeZone,
    developments: size,
    parties: parties.map(({ party }) => party),
    issues: issues.map(({ issue }) => issue),
    revision: String(size - 1),
    failure: null,
  };
}

/** The line of one that cannot be read. */
export const unreadable = (negotiation: string, { code, message }: DemarcheError): NegotiationSummary => ({
  negotiation,
  title: '',
  timeZone: 'UTC',
  developments: 0,
  parties: [],
  issues: [],
  revision: '-1',
  failure: { code, message },
});
