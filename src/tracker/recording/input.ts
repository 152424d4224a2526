/** What is given to be recorded, checked by itself. */
import { type Development, type Fault, type ParsedDevelopment, parseDevelopment } from '../../../events/index.ts';
import { developmentId } from '../log/identity.ts';
import { notRecorded } from '../refusals.ts';

const withId = (parsed: ParsedDevelopment): Development =>
  (parsed.id === undefined ? { ...parsed, id: developmentId(parsed) } : parsed) as Development;

/**
 * Checks developments that are to be recorded together, and gives each its id.
 * @throws DemarcheError with every fault of all of them
 */
export function parsed(input: unknown): readonly Development[] {
  const inputs: readonly unknown[] = Array.isArray(input) ? input : [input];
  const faults: Fault[] = [];
  const developments = inputs.flatMap((one, index): Development[] => {
    const result = parseDevelopment(one);
    if (result.ok) return [withId(result.value)];
    faults.push(...result.faults.map((fault) => (inputs.length > 1 ? { ...fault, index } : fault)));
    return [];
  });
  const [first] = developments;
  for (const [index, { negotiation }] of developments.entries()) {
    if (negotiation === first?.negotiation) continue;
    const message = `developments recorded together belong to one negotiation, here ${first?.negotiation}`;
    faults.push({ field: 'negotiation', value: negotiation, message, index });
  }
  if (faults.length > 0) throw notRecorded(faults, inputs.length);
  return developments;
}
