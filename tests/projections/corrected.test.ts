/** A development as corrected: what it was held to before spares checking, and alters nothing. */
import { describe, expect, it } from 'vitest';
import { mergePatch, parseDevelopment } from '../../events/index.ts';
import { corrected, vouchFor } from '../../projections/corrected.ts';
import { EXAMPLES } from '../support/examples.ts';

const changes: readonly Parameters<typeof corrected>[1]['changes'][] = [
  {},
  { stance: 'Open it to some ships.' },
  { stance: 'Open it to some ships.', note: null },
  { note: null },
  { note: 'Said twice.', occurred: '2026-02-09' },
  { occurred: 'yesterday' },
  { stance: '' },
  { stance: 'Open it to some ships.', point: 'by-day' },
  { stance: 'Open it to some ships.', party: null },
  { party: 'south' },
  { party: 'south', parties: ['south', 'north'] },
  { attribution: 'counterpart', statedBy: null },
  { attribution: 'nobody' },
  { type: 'StatementIssued' },
];

describe('a development that is known to be whole', () => {
  it.each(changes.map((each) => [JSON.stringify(each), each]))('reads after %s as the catalogue has it', (_, each) => {
    const parsed = parseDevelopment({ ...EXAMPLES.DemandStated.full, id: 'said', note: 'As reported.' });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    const development = parsed.value as Parameters<typeof corrected>[0];
    const known = structuredClone(development);
    vouchFor(known);
    const whole = parseDevelopment(mergePatch(development, each));
    const expected = whole.ok ? whole.value : null;
    expect(corrected(known, { changes: each })).toStrictEqual(expected);
    expect(corrected(development, { changes: each })).toStrictEqual(expected);
  });
});
