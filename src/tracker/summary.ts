/** What a negotiation is, in a line of a list. */
import type { DemarcheError } from '../../events/index.ts';
import type { NegotiationSummary } from './api.ts';
import type { NegotiationLog } from './log/log.ts';
import type { Reader } from './reader.ts';

export async function summaryOf(log: NegotiationLog, reader: Reader): Promise<NegotiationSummary> {
  const { negotiation, size, timeZone } = log;
  return {
    negotiation,
    timeZone,
    developments: size,
    ...(await reader.setUp()),
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
