import { expect, test } from 'vitest';
import { openStaging } from '../../src/store/staging.ts';
import type { StagedEvent, Staging } from '../../src/store/staging-port.ts';
import { event, numbered, refused, upTo } from './contract/support.ts';

const about = (...targets: readonly StagedEvent[]): StagedEvent => ({ ...event(), about: targets.map(({ id }) => id) });
const alone = (count: number): readonly StagedEvent[] => numbered(count).map((one) => ({ ...one, about: [] }));
const idsUnder = (staging: Staging, ids: readonly string[]) => staging.related(ids).map(({ event }) => event.id);

test('what is staged comes back in its order, page by page', async () => {
  const staging = await openStaging();
  for (let page = 0; page < 13; page += 1) staging.add(alone(100).map((one) => ({ ...one, data: { page } })));
  expect(staging.size).toBe(1300);
  const all = [...staging.pages()].flat().map(({ data }) => JSON.parse(data).page);
  expect(all).toEqual(upTo(1300).map((place) => Math.floor(place / 100)));
  staging.close();
});

test('it is found by its id, and by what it speaks of, each once', async () => {
  const staging = await openStaging();
  const [one, two, three] = alone(3) as [StagedEvent, StagedEvent, StagedEvent];
  const remark = about(one, two);
  const onRemark = about(remark);
  staging.add([one, two, three]);
  staging.add([remark, onRemark]);
  expect(idsUnder(staging, [two.id])).toEqual([two.id, remark.id]);
  expect(idsUnder(staging, [remark.id, one.id])).toEqual([one.id, remark.id, onRemark.id]);
  expect(idsUnder(staging, [event().id])).toEqual([]);
  expect(staging.related([three.id])).toEqual([{ place: 2, event: expect.objectContaining({ id: three.id }) }]);
  staging.close();
});

test('what no store takes is refused at once', async () => {
  const staging = await openStaging();
  const large = { ...event({ data: { stance: 'x'.repeat(1_000_001) } }), about: [] };
  await refused((async () => staging.add([large]))(), 'EVENT_TOO_LARGE');
  staging.close();
});
