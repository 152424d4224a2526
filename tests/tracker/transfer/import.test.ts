import { describe, expect, test } from 'vitest';
import { DemarcheError, type Development } from '../../../events/index.ts';
import { formatOf, type ImportProgress, importInto } from '../../../src/tracker/transfer/index.ts';
import {
  bytes,
  DECLARED,
  demand,
  faultsOf,
  heldIn,
  importText,
  jsonl,
  openDeclared,
  openEmpty,
  refusal,
} from './support.ts';

const said = (one: Development): string => {
  if (one.type === 'PartyJoined') return `${one.type} ${one.party}`;
  return one.type === 'IssueRaised' ? `${one.type} ${one.issue}` : one.type;
};

const lines = (developments: readonly object[]): string => jsonl(...developments.map((one) => JSON.stringify(one)));

describe('an import', () => {
  test('records a file in its order, and answers what became of each row', async () => {
    await using opened = openEmpty();
    const report = await importText(opened, lines(DECLARED) + jsonl(demand(), demand({ id: 'D-2', occurred: '2023' })));
    expect(report).toEqual({
      negotiation: 'strait',
      dryRun: false,
      read: 6,
      added: 6,
      known: 0,
      declared: 0,
      position: '6',
    });
    expect((await heldIn(opened)).map(({ type }) => type)).toEqual([
      ...DECLARED.map(({ type }) => type),
      'DemandStated',
      'DemandStated',
    ]);
  });

  test('again adds nothing, with ids and without', async () => {
    await using opened = await openDeclared();
    const text = jsonl(demand(), demand({ id: 'D-2' }));
    await importText(opened, text);
    const head = await opened.store.head();
    expect(await importText(opened, text)).toMatchObject({ read: 2, added: 0, known: 2, position: head });
    expect(await opened.store.head()).toBe(head);
  });

  test('counts a row that is the same as an earlier one as known', async () => {
    await using opened = await openDeclared();
    expect(
      await importText(opened, jsonl(demand(), demand(), demand({ id: 'D-2' }), demand({ id: 'D-2' }))),
    ).toMatchObject({ read: 4, added: 2, known: 2 });
  });

  test('as a try answers the same and writes nothing', async () => {
    await using opened = await openDeclared();
    const head = await opened.store.head();
    await opened.tracker.record(JSON.parse(demand({ id: 'D-1' })));
    const before = await opened.store.head();
    expect(await importText(opened, jsonl(demand({ id: 'D-1' }), demand({ id: 'D-2' })), { dryRun: true })).toEqual({
      negotiation: 'strait',
      dryRun: true,
      read: 2,
      added: 1,
      known: 1,
      declared: 0,
      position: null,
    });
    expect(await opened.store.head()).toBe(before);
    expect(before).not.toBe(head);
  });

  test('tells where to say the negotiation, where neither row nor option does', async () => {
    expect(await faultsOf(jsonl(demand({ negotiation: null })))).toMatchObject([
      { line: 1, field: 'negotiation', message: expect.stringContaining('--negotiation') },
    ]);
  });

  test('takes the negotiation asked for where rows name none', async () => {
    await using opened = await openDeclared();
    expect(await importText(opened, jsonl(demand({ negotiation: null })), { negotiation: 'strait' })).toMatchObject({
      negotiation: 'strait',
      added: 1,
    });
  });

  test('keeps who recorded it', async () => {
    await using opened = await openDeclared();
    await importText(opened, jsonl(demand()), { by: 'Ada' });
    const events = [];
    for await (const event of opened.store.readStream('negotiation-strait')) events.push(event);
    expect(events.at(-1)?.metadata).toMatchObject({ by: 'Ada' });
  });

  test('tells how far it is: bytes and developments read, then that it records, then that it is done', async () => {
    await using opened = await openDeclared();
    const text = jsonl(...Array.from({ length: 300 }, (_, index) => demand({ id: `D-${index}` })));
    const told: ImportProgress[] = [];
    await importInto(opened.tracker, bytes(text, 1000), { fileName: 'a.jsonl', onProgress: (one) => told.push(one) });
    const reading = told.filter(({ phase }) => phase === 'reading');
    expect(reading.map(({ bytes: read }) => read)).toEqual(
      reading.map((_, index) => Math.min(text.length, 1000 * (index + 1))),
    );
    expect(reading.at(-1)?.developments).toBeGreaterThan(250);
    expect(told.slice(reading.length)).toEqual([
      { phase: 'recording', bytes: text.length, developments: 300 },
      { phase: 'done', bytes: text.length, developments: 300 },
    ]);
  });
});

describe('with declare', () => {
  test('opens what is not open, and declares each party and issue before the first row that names it', async () => {
    await using opened = openEmpty();
    const text = jsonl(
      demand({ party: null, parties: ['northland', 'isles'] }),
      demand({
        type: 'AgreementReached',
        party: null,
        issue: null,
        stance: null,
        agreement: 'a',
        parties: ['isles', 'southland'],
        issues: ['fishing', 'border'],
        summary: 'S',
      }),
    );
    expect(await importText(opened, text, { declare: true })).toMatchObject({ read: 2, added: 2, declared: 6 });
    expect((await heldIn(opened)).map(said)).toEqual([
      'NegotiationOpened',
      'PartyJoined northland',
      'PartyJoined isles',
      'IssueRaised fishing',
      'DemandStated',
      'PartyJoined southland',
      'IssueRaised border',
      'AgreementReached',
    ]);
    expect(await importText(opened, text, { declare: true })).toMatchObject({
      read: 2,
      added: 0,
      known: 2,
      declared: 0,
    });
  });

  test('leaves to the file what the file declares itself', async () => {
    await using opened = openEmpty();
    expect(await importText(opened, lines(DECLARED) + jsonl(demand()), { declare: true })).toMatchObject({
      added: 5,
      declared: 0,
    });
  });

  test('declares a bloc, and the parent of an issue', async () => {
    await using opened = openEmpty();
    const text = lines([
      {
        negotiation: 'strait',
        type: 'PartyJoined',
        party: 'isles',
        name: 'The Isles',
        role: 'principal',
        memberOf: 'league',
      },
      { negotiation: 'strait', type: 'IssueRaised', issue: 'nets', title: 'Nets', parent: 'fishing' },
    ]);
    expect(await importText(opened, text, { declare: true })).toMatchObject({ added: 2, declared: 3 });
  });

  test('does not open a negotiation that the file opens too late: that is refused', async () => {
    await using opened = openEmpty();
    const { faults } = await refusal(opened, jsonl(demand()) + lines(DECLARED.slice(0, 1)), { declare: true });
    expect(faults[0]).toMatchObject({ line: 1, code: 'NEGOTIATION_NOT_OPEN' });
  });
});

describe('what the log refuses is refused as a whole, each fault on its line', () => {
  test.each([
    [
      'a party that was never declared',
      demand({ party: 'nortland' }),
      { code: 'PARTY_UNKNOWN', field: 'party', suggestion: 'northland' },
    ],
    [
      'an issue that was never declared',
      demand({ issue: 'fishin' }),
      { code: 'ISSUE_UNKNOWN', field: 'issue', suggestion: 'fishing' },
    ],
    [
      'a date in the future',
      demand({ occurred: '2027-01-01' }),
      { code: 'DATE_IN_FUTURE', field: 'occurred', value: '2027-01-01' },
    ],
    [
      'a correction of nothing',
      JSON.stringify({
        negotiation: 'strait',
        type: 'DevelopmentCorrected',
        corrects: 'D-9',
        changes: { note: 'n' },
        source: { publisher: 'P' },
      }),
      { code: 'DEVELOPMENT_UNKNOWN', field: 'corrects' },
    ],
    [
      'a second opening',
      JSON.stringify({ negotiation: 'strait', type: 'NegotiationOpened', title: 'Again' }),
      { code: 'DEVELOPMENT_INVALID', field: 'type' },
    ],
    [
      'an id with other content on record',
      demand({ id: 'D-0', stance: 'Other.' }),
      { code: 'ID_CONFLICT', field: 'id' },
    ],
    [
      'an id with other content in the file',
      demand({ id: 'D-1', stance: 'Other.' }),
      { code: 'ID_CONFLICT', field: 'id' },
    ],
  ])('%s', async (_, line, fault) => {
    await using opened = await openDeclared();
    await opened.tracker.record(JSON.parse(demand({ id: 'D-0' })));
    const { code, faults } = await refusal(opened, jsonl(demand({ id: 'D-1' }), '', line, demand({ id: 'D-2' })));
    expect(code).toBe('IMPORT_INVALID');
    expect(faults).toMatchObject([{ line: 3, ...fault }]);
    expect(faults[0]).not.toHaveProperty('index');
  });

  test('a single row too', async () => {
    await using opened = await openDeclared();
    expect((await refusal(opened, jsonl('', demand({ party: 'nobody' })))).faults).toMatchObject([
      { line: 2, code: 'PARTY_UNKNOWN' },
    ]);
  });

  test('also in a try', async () => {
    await using opened = await openDeclared();
    expect(await refusal(opened, jsonl(demand({ party: 'nobody' })), { dryRun: true })).toMatchObject({
      code: 'IMPORT_INVALID',
    });
  });

  test('a negotiation that was never opened: it is told what declare would do', async () => {
    await using opened = openEmpty();
    const { faults } = await refusal(opened, jsonl(demand()));
    expect(faults).toMatchObject([
      { line: 1, code: 'NEGOTIATION_NOT_OPEN', message: expect.stringContaining('--declare') },
    ]);
  });

  test('of hundreds of faults the first twenty are told', async () => {
    await using opened = await openDeclared();
    const { message, faults, more } = await refusal(
      opened,
      jsonl(...Array.from({ length: 300 }, (_, index) => demand({ party: `p-${index}` }))),
    );
    expect(faults).toHaveLength(20);
    expect(more).toBe(280);
    expect(message).toContain('300 faults');
    expect(message).toContain('and 280 more');
  });
});

describe('what is nobody’s fault in the file', () => {
  test('an error of the store comes through as it is', async () => {
    const full = new DemarcheError('STORE_FULL', 'no room');
    const tracker = { batch: () => Promise.reject(full) };
    for (const options of [{}, { dryRun: true }, { declare: true }])
      await expect(importInto(tracker, bytes(jsonl(demand())), { fileName: 'a.jsonl', ...options })).rejects.toBe(full);
  });

  test.each(['a.jsonl', 'a.csv'])('an error of what is read comes through as it is: %s', async (fileName) => {
    await using opened = await openDeclared();
    const broken = new Error('the disk is gone');
    async function* failing() {
      yield Buffer.from(fileName.endsWith('csv') ? 'type,party\nDemandStated,northland\n' : `${demand()}\n`);
      throw broken;
    }
    const head = await opened.store.head();
    await expect(importInto(opened.tracker, failing(), { fileName })).rejects.toBe(broken);
    expect(await opened.store.head()).toBe(head);
  });
});

test.each([
  ['talks.jsonl', 'jsonl'],
  ['talks.NDJSON', 'jsonl'],
  ['talks.csv', 'csv'],
  ['my.talks.tsv', 'csv'],
  ['talks.xlsx', undefined],
  ['talks', undefined],
])('the name %s says %s', (name, format) => {
  expect(formatOf(name)).toBe(format);
});
