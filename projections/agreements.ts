/** Agreements reached and suspended. */
import { civilDay } from '../events/index.ts';
import type { Agreement } from './answers.ts';
import type { Standing } from './record.ts';

/** The agreements on record, in the order in which they were first reached. */
export function agreementsOf(counted: readonly Standing[], timeZone: string): readonly Agreement[] {
  const agreements = new Map<string, Agreement>();
  for (const { development, clocks } of counted) {
    if (development.type !== 'AgreementReached' && development.type !== 'AgreementSuspended') continue;
    const { agreement, parties, issues, summary, id } = development;
    agreements.set(agreement, {
      agreement,
      status: development.type === 'AgreementReached' ? 'in-force' : 'suspended',
      since: civilDay(clocks.effective, timeZone),
      parties,
      issues,
      summary,
      developments: [...(agreements.get(agreement)?.developments ?? []), id],
    });
  }
  return [...agreements.values()];
}
