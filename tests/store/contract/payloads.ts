import { expect, test } from 'vitest';
import type { JsonObject, NewEvent } from '../../../src/store/port.ts';
import { EVENT_LIMIT_BYTES } from '../../../src/store/prepare.ts';
import { type Bench, event, inStream, refused } from './support.ts';

export function payloads(bench: Bench): void {
  async function roundTrip(fields: Partial<NewEvent>): Promise<NewEvent | undefined> {
    const stream = bench.stream();
    await bench.store.append(stream, 'none', [event(fields)]);
    return (await inStream(bench.store, stream))[0];
  }

  async function unserialisable(data: unknown): Promise<void> {
    const stream = bench.stream();
    const batch = [event(), event({ data: data as JsonObject }), event()];
    await refused(bench.store.append(stream, 'none', batch), 'EVENT_UNSERIALISABLE');
    expect(await inStream(bench.store, stream)).toEqual([]);
  }

  test('data of every JSON kind comes back equal', async () => {
    const data = {
      text: 'a',
      empty: '',
      yes: true,
      no: false,
      nothing: null,
      list: [1, [2, [3]], {}],
      deep: { er: { est: [] } },
    };
    expect((await roundTrip({ data }))?.data).toEqual(data);
  });

  test('the words of any language come back as they were', async () => {
    const data = {
      ru: 'Позиция не изменилась',
      uk: 'ґ і ї є',
      ar: 'الموقف \u202bلم يتغير',
      zh: '立场',
      emoji: '👩🏽‍⚖️🇺🇳',
      combined: 'e\u0301',
    };
    expect((await roundTrip({ data }))?.data).toEqual(data);
  });

  test('line separators, control characters and NUL come back as they were', async () => {
    const data = { text: 'a\u2028b\u2029c\r\nd\te\0f\u001f\u007f\ufeff', 'ke\0y\u2028': '\u0000' };
    expect((await roundTrip({ data }))?.data).toEqual(data);
  });

  test('half a surrogate pair comes back as it was', async () => {
    const data = { high: '\ud83d', low: 'x\udc00y' };
    expect((await roundTrip({ data }))?.data).toEqual(data);
  });

  test('quotes, backslashes and words of SQL come back as they were', async () => {
    const data = { text: `'; DROP TABLE event; -- "\\" \\u0041 ?1 :name` };
    expect((await roundTrip({ data }))?.data).toEqual(data);
  });

  test('names of properties that mean something to JavaScript are only names', async () => {
    const data = JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"":2,"toString":"x","1":"y"}');
    const found = await roundTrip({ data });
    expect(JSON.stringify(found?.data)).toBe(JSON.stringify(data));
    expect(Object.hasOwn(found?.data ?? {}, '__proto__')).toBe(true);
    expect(({} as JsonObject).polluted).toBeUndefined();
  });

  test('numbers come back to the last bit', async () => {
    const data = {
      list: [0, -1, 0.1, 1e21, 1.7976931348623157e308, 5e-324, Number.MAX_SAFE_INTEGER, 123456789.12345679],
    };
    expect((await roundTrip({ data }))?.data).toEqual(data);
  });

  test('metadata comes back equal', async () => {
    const metadata = { recordedBy: 'anna\u2028', from: { file: 'talks.csv', line: 3 } };
    expect((await roundTrip({ metadata }))?.metadata).toEqual(metadata);
  });

  test('empty data and metadata come back empty', async () => {
    const found = await roundTrip({ data: {}, metadata: {} });
    expect([found?.data, found?.metadata]).toEqual([{}, {}]);
  });

  test('a property without a value is as good as absent', async () => {
    const found = await roundTrip({ data: { here: 1, absent: undefined } });
    expect(Object.keys(found?.data ?? {})).toEqual(['here']);
  });

  test('what is done to an object after it was appended does not reach the log', async () => {
    const stream = bench.stream();
    const data: { stance: string; list: number[] } = { stance: 'yes', list: [1] };
    const appended = bench.store.append(stream, 'none', [event({ data })]);
    data.stance = 'no';
    data.list.push(2);
    await appended;
    expect((await inStream(bench.store, stream))[0]?.data).toEqual({ stance: 'yes', list: [1] });
  });

  test('a bigint is refused', () => unserialisable({ deep: [{ n: 1n }] }));

  test('an object that contains itself is refused', () => {
    const data: Record<string, unknown> = { name: 'loop' };
    data.self = { again: data };
    return unserialisable(data);
  });

  test('numbers that JSON has no word for are refused, not turned into null', async () => {
    for (const n of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      await unserialisable({ list: [{ n }] });
  });

  test('what JSON would silently leave out or change is refused', async () => {
    for (const value of [new Date(0), new Map([[1, 2]]), new Set([1]), /x/, Symbol('s'), () => 1, [undefined]])
      await unserialisable({ value });
  });

  test('an object that fails while it is serialised is refused', () =>
    unserialisable({
      toJSON() {
        throw new Error('not today');
      },
    }));

  test('data that is not an object is refused', async () => {
    for (const data of [null, undefined, 'text', 1, [1, 2], new Date(0)]) await unserialisable(data);
  });

  test('metadata that JSON cannot hold is refused', async () => {
    const stream = bench.stream();
    await refused(bench.store.append(stream, 'none', [event({ metadata: { n: 1n } })]), 'EVENT_UNSERIALISABLE');
    expect(await inStream(bench.store, stream)).toEqual([]);
  });

  test('the refusal names the field that cannot be written', async () => {
    const appended = bench.store.append(bench.stream(), 'none', [event({ data: { a: { b: [1, Number.NaN] } } })]);
    await expect(appended).rejects.toMatchObject({ faults: [{ field: 'data.a.b.1', index: 0 }] });
  });

  test('an event too large is refused, and nothing of its batch is written', async () => {
    const stream = bench.stream();
    const large = event({ data: { text: 'x'.repeat(EVENT_LIMIT_BYTES) } });
    await refused(bench.store.append(stream, 'none', [event(), large]), 'EVENT_TOO_LARGE');
    expect(await inStream(bench.store, stream)).toEqual([]);
  });

  test('the size of an event is counted in bytes, not in characters', async () => {
    const large = event({ data: { text: 'є'.repeat(EVENT_LIMIT_BYTES / 2) } });
    await refused(bench.store.append(bench.stream(), 'none', [large]), 'EVENT_TOO_LARGE');
  });

  test('an event as large as may be is taken and comes back', async () => {
    const around = JSON.stringify({ text: '' }).length + '{}'.length + 'PositionStated'.length;
    const text = 'x'.repeat(EVENT_LIMIT_BYTES - around);
    expect((await roundTrip({ data: { text } }))?.data.text).toHaveLength(text.length);
  });
}
