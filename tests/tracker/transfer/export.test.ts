import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { type Development, developmentSchema, parseDevelopment } from '../../../events/index.ts';
import { csvTemplate, exportCsv, exportJsonl } from '../../../src/tracker/transfer/index.ts';
import { importText, openEmpty, textOf } from './support.ts';

const whole = (written: object): Development => {
  const parsed = parseDevelopment({ negotiation: 'strait', ...written });
  if (!parsed.ok) throw new Error(parsed.faults.map(({ field, message }) => `${field}: ${message}`).join());
  return { ...parsed.value, id: 'x' };
};

const EXCHANGE = whole({
  type: 'PrisonerExchangeAgreed',
  occurred: '2024-03-05',
  exchange: 'crews',
  parties: ['southland', 'northland'],
  counts: { southland: '30+', northland: 12 },
  summary: 'Crews of seized boats go home.',
  source: { publisher: 'The Gazette', title: 'Home' },
});

const cellsByName = (text: string): Readonly<Record<string, string>> | undefined =>
  (parse(text, { columns: true }) as Record<string, string>[])[0];

test('the fields of a line come in the order of the catalogue, whatever order they were written in; keys of maps are sorted', async () => {
  const reversed = Object.fromEntries(Object.entries(EXCHANGE).toReversed()) as Development;
  expect(await textOf('jsonl', [reversed])).toBe(
    '{"id":"x","negotiation":"strait","type":"PrisonerExchangeAgreed","occurred":"2024-03-05","exchange":"crews",' +
      '"parties":["southland","northland"],"counts":{"northland":12,"southland":"30+"},"summary":"Crews of seized boats go home.",' +
      '"attribution":"narrative","source":{"publisher":"The Gazette","title":"Home","reliability":"F","credibility":6},"schemaVersion":2}\n',
  );
});

test('a CSV has one header for all types, and each field of the catalogue has its column', async () => {
  const [header = []] = parse(await textOf('csv', []), {}) as string[][];
  expect(header.slice(0, 4)).toEqual(['id', 'negotiation', 'type', 'occurred']);
  expect(new Set(header).size).toBe(header.length);
  const fields = new Set(header.map((name) => name.split('.')[0]));
  for (const { shape } of developmentSchema.options)
    expect([...fields]).toEqual(expect.arrayContaining(Object.keys(shape)));
  expect(header).toEqual(
    expect.arrayContaining(['source.publisher', 'source.published', 'speaker.name', 'speaker.office']),
  );
});

test('lists stand in a cell as "a; b", and as JSON where an item would not survive that; maps are JSON', async () => {
  const named = (members: readonly string[]) =>
    whole({ type: 'DelegationNamed', occurred: '2024', party: 'northland', members, source: { publisher: 'P' } });
  expect(cellsByName(await textOf('csv', [EXCHANGE]))).toMatchObject({
    parties: 'southland; northland',
    counts: '{"northland":12,"southland":"30+"}',
  });
  expect(cellsByName(await textOf('csv', [named(['A. Berg', 'C. Dahl'])]))?.members).toBe('A. Berg; C. Dahl');
  expect(cellsByName(await textOf('csv', [named(['A. Berg; envoy'])]))?.members).toBe('["A. Berg; envoy"]');
  expect(cellsByName(await textOf('csv', [named([])]))?.members).toBe('[]');
});

test('one recipient and a list of one recipient are told apart', async () => {
  const sent = (to: unknown) =>
    whole({
      type: 'DocumentExchanged',
      occurred: '2024',
      document: 'd',
      title: 'D',
      party: 'northland',
      to,
      summary: 'S',
      source: { publisher: 'P' },
    });
  expect(cellsByName(await textOf('csv', [sent('southland')]))?.to).toBe('southland');
  expect(cellsByName(await textOf('csv', [sent(['southland'])]))?.to).toBe('["southland"]');
  expect(cellsByName(await textOf('csv', [sent(['southland', 'isles'])]))?.to).toBe('southland; isles');
});

test('words that a spreadsheet would take for a formula are not altered', async () => {
  const stated = whole({ type: 'StatementIssued', occurred: '2024', summary: '=1+1', source: { publisher: '@P' } });
  expect(cellsByName(await textOf('csv', [stated]))).toMatchObject({ summary: '=1+1', 'source.publisher': '@P' });
});

test('an export is streamed: it asks for developments as its text is taken', async () => {
  let asked = 0;
  function* endless(): Generator<Development> {
    for (;;) {
      asked += 1;
      yield EXCHANGE;
    }
  }
  for (const pieces of [exportJsonl(endless()), exportCsv(endless())]) {
    asked = 0;
    let taken = 0;
    for await (const piece of pieces) {
      expect(piece.endsWith('\n')).toBe(true);
      taken += 1;
      if (taken === 4) break;
    }
    expect(asked).toBeLessThan(5000);
  }
});

test('a store that hands out developments one by one is exported as they come', async () => {
  async function* handed(): AsyncGenerator<Development> {
    yield EXCHANGE;
    yield { ...EXCHANGE, id: 'y' };
  }
  let text = '';
  for await (const piece of exportJsonl(handed())) text += piece;
  expect(text.split('\n').map((line) => line.slice(0, 9))).toEqual(['{"id":"x"', '{"id":"y"', '']);
});

test('the template imports as it is', async () => {
  await using opened = openEmpty();
  expect(await importText(opened, csvTemplate(), { fileName: 'template.csv' })).toMatchObject({
    read: 4,
    added: 4,
    known: 0,
    declared: 0,
  });
  const state = await opened.tracker.state('northern-strait');
  expect(state.positions).toHaveLength(1);
  expect(state.positions[0]).toMatchObject({ party: 'northland', issue: 'fishing-rights', attribution: 'on-record' });
});
