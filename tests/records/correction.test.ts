/** The one correction of the bundled record, seen from before and after: of what was known, and of what was recorded. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { State, Tracker } from '../../src/tracker/index.ts';
import { asThenKnown, cell, NEGOTIATION, openRecord, RECORDED } from './support.ts';

let before: Tracker;
let after: Tracker;
beforeAll(async () => {
  [before, after] = await Promise.all([openRecord({ corrected: false }), openRecord({ corrected: true })]);
});
afterAll(() => Promise.all([before.close(), after.close()]));

const FIRST = { carriedOut: { russia: '300+', ukraine: '300+' }, carriedOutOn: ['2026-02-01/2026-02-13'] };
const LATER = { carriedOut: { russia: 157, ukraine: 157 }, carriedOutOn: ['2026-02-05'] };

const swap = ({ exchanges }: State) => exchanges.find(({ exchange }) => exchange === 'exchange-2026-02');

describe('the prisoners released in February', () => {
  it('are over 300 each as then known on 13 February, whether or not the correction is recorded', async () => {
    for (const tracker of [before, after])
      expect(swap(await tracker.state(NEGOTIATION, asThenKnown('2026-02-13')))).toMatchObject(FIRST);
  });

  it('are over 300 each by the record as it stood before the correction was recorded', async () => {
    expect(swap(await before.state(NEGOTIATION, { asOf: '2026-02-13' }))).toMatchObject(FIRST);
    const recordedBy = await after.state(NEGOTIATION, { asOf: '2026-02-13', recordedBy: RECORDED });
    expect(swap(recordedBy)).toMatchObject(FIRST);
  });

  it('are 157 each on 5 February as known later', async () => {
    expect(swap(await after.state(NEGOTIATION, { asOf: '2026-02-13' }))).toMatchObject(LATER);
  });

  it('are not known at all on 5 February, and are by hindsight', async () => {
    expect(swap(await after.state(NEGOTIATION, asThenKnown('2026-02-05')))).toBeUndefined();
    expect(swap(await after.state(NEGOTIATION, { asOf: '2026-02-05' }))).toMatchObject(LATER);
  });

  it('keep their first version, shown as corrected', async () => {
    const swapped = (await after.developments(NEGOTIATION)).find(({ type }) => type === 'PrisonerExchangeCarriedOut');
    expect(swapped).toMatchObject({ counts: FIRST.carriedOut });
    const chronicle = await after.chronicle(NEGOTIATION);
    expect(chronicle.find(({ id }) => id === swapped?.id)).toMatchObject({ status: 'corrected' });
    expect(chronicle.filter(({ status }) => status === 'corrected')).toHaveLength(1);
  });

  it("do not move Ukraine's demand", async () => {
    const view = { asOf: '2026-02-13' };
    const demand = cell(await before.state(NEGOTIATION, view), 'ukraine', 'prisoner-exchange');
    expect(cell(await after.state(NEGOTIATION, view), 'ukraine', 'prisoner-exchange')).toEqual(demand);
    const history = await after.history(NEGOTIATION, { party: 'ukraine', issue: 'prisoner-exchange' });
    expect(history.map(({ effect }) => effect)).toEqual(['new', 'new']);
  });
});
