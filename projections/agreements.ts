/** Agreements reached and suspended. */
import { civilDay } from '../events/index.ts';
import type { Agreement } from './answers.ts';
import { denialsIn } from './denials.ts';
import type { Counted } from './record.ts';

/** The agreements on record, in the order in which they were first reached. */
export function agreementsOf(counted: readonly Counted[], timeZone: string): readonly Agreement[] {
  const denials = denialsIn(counted);
  const agreements = new Map<string, Agreement>();
  for (const { development, clocks } of counted) {
    if (development.type !== 'AgreementReached' && development.type !== 'AgreementSuspended') continue;
    const { agreement, summary, id } = development;
    const before = agreements.get(agreement);
    const suspended = development.type === 'AgreementSuspended';
    // One party may suspend it, for one issue: it stays an agreement of all of them, on all it was about.
    const { parties, issues } = (suspended && before) || development;
    const developments = [...(before?.developments ?? []), id];
    agreements.set(agreement, {
      agreement,
      status: suspended ? 'suspended' : 'in-force',
      since: civilDay(clocks.effective, timeZone),
      parties,
      issues,
      summary,
      beside: denials(developments),
      developments,
    });
  }
  return [...agreements.values()];
}
