import { describe, expect, test } from 'vitest';
import type { DevelopmentInput } from '../../events/index.ts';
import { openTestServer, type TestServer } from './support/server.ts';
import { RECORDED, STORY, said, TALKS } from './support/talks.ts';

const BASE = `/api/negotiations/${TALKS}`;
const source = { publisher: 'Gazette' };

describe('the Atom feed', () => {
  const entries = (xml: string) => xml.split('<entry>').slice(1);
  const idOf = (entry: string) => /<id>([^<]+)<\/id>/.exec(entry)?.[1];

  test('holds the newest changes, the newest first, each under a name that stays', async () => {
    await using server = await openTestServer({ records: STORY });
    const feed = await server.get(`${BASE}/changes.atom`);
    expect(feed.headers['content-type']).toBe('application/atom+xml; charset=utf-8');
    const changes = (await server.tracker.changes(TALKS)).toReversed();
    expect(entries(feed.body).map(idOf)).toEqual(changes.map(({ cursor }) => `urn:demarche:${TALKS}:stated:${cursor}`));
    await server.post(`${BASE}/developments`, said('next', { occurred: '2026-02-20' }));
    const next = await server.get(`${BASE}/changes.atom`);
    expect(entries(next.body).slice(1).map(idOf)).toEqual(entries(feed.body).map(idOf));
    expect(entries(next.body)[0]).toContain('The North, Tolls: changed');
  });

  test('is of one party or issue where that is asked', async () => {
    await using server = await openTestServer({ records: STORY });
    const of = async (query: string) => entries((await server.get(`${BASE}/changes.atom?${query}`)).body).map(idOf);
    const expected = async (query: object) =>
      (await server.tracker.changes(TALKS, query))
        .toReversed()
        .map(({ cursor }) => `urn:demarche:${TALKS}:stated:${cursor}`);
    expect(await of('party=south')).toEqual(await expected({ party: 'south' }));
    expect(await of('issue=tolls&effect=beside')).toEqual(await expected({ issue: 'tolls', effect: 'beside' }));
    expect((await server.get(`${BASE}/changes.atom?party=nobody`)).statusCode).toBe(404);
  });

  test('holds fifty at the most, however long the log', async () => {
    await using server = await openTestServer();
    await server.tracker.record(Array.from({ length: 120 }, (_, index) => said(`n${index}`)));
    const feed = await server.get(`${BASE}/changes.atom`);
    expect(entries(feed.body)).toHaveLength(50);
    expect(entries(feed.body)[0]).toContain('Words of n119');
  });

  test('tells the words that a change is about, a condition as one', async () => {
    await using server = await openTestServer();
    await server.tracker.record([
      said('first', { stance: 'Ten boats.' }),
      said('term', { type: 'ConditionAttached', point: 'term', stance: 'By day only.' }),
      said('gone', { type: 'DemandDropped', point: 'term', stance: undefined }),
    ]);
    const [dropped, attached] = entries((await server.get(`${BASE}/changes.atom`)).body);
    expect(attached).toContain('Condition: By day only.');
    expect(attached).toContain('Now: Ten boats.');
    expect(dropped).toContain(': withdrawn');
    expect(dropped).toContain('Condition, no longer: By day only.');
  });

  test('is as new as the record where it holds no changes', async () => {
    await using server = await openTestServer();
    const feed = await server.get(`${BASE}/changes.atom`);
    expect(entries(feed.body)).toEqual([]);
    expect(/<updated>([^<]+)</.exec(feed.body)?.[1]).toBe(RECORDED);
  });

  test('tells since when words hold, which is all that a corrected date changes', async () => {
    await using server = await openTestServer();
    await server.tracker.record([
      said('first', { stance: 'Ten boats.', occurred: '2026-02-08' }),
      said('again', { type: 'DemandReiterated', stance: undefined, occurred: '2026-02-11' }),
      {
        negotiation: TALKS,
        id: 'put-right',
        type: 'DevelopmentCorrected',
        corrects: 'first',
        changes: { occurred: '2026-02-07' },
        source,
      },
    ]);
    const [corrected] = entries((await server.get(`${BASE}/changes.atom`)).body);
    expect(corrected).toContain('<p>Now: Ten boats. (since 7 Feb 2026, affirmed 11 Feb 2026)</p>');
    expect(corrected).toContain('<p>Before: Ten boats. (since 8 Feb 2026, affirmed 11 Feb 2026)</p>');
  });

  test('names who denies, and says what a leak without words does', async () => {
    await using server = await openTestServer();
    await server.tracker.record([
      said('leak', { stance: 'Would take three.', attribution: 'anonymous' }),
      {
        negotiation: TALKS,
        id: 'no',
        type: 'DevelopmentDenied',
        denies: 'leak',
        party: 'north',
        occurred: '2026-02-11',
        source,
      },
      said('drop', { type: 'DemandDropped', stance: undefined, attribution: 'anonymous', occurred: '2026-02-12' }),
      said('still', { type: 'DemandReiterated', stance: undefined, attribution: 'anonymous', occurred: '2026-02-13' }),
    ]);
    const [still, drop, no] = entries((await server.get(`${BASE}/changes.atom`)).body);
    expect(no).toContain('<p>Beside it (as reported): The North denies leak</p>');
    expect(drop).toContain('<p>Beside it (anonymous source): withdraws it</p>');
    expect(still).toContain('<p>Beside it (anonymous source): affirms it</p>');
  });

  test('says by what, and how it is known, in the words of the page and the terminal', async () => {
    await using server = await openTestServer();
    const source = { publisher: 'Gazette' };
    await server.tracker.record([
      said('demand', { type: 'DemandStated' }),
      said('account', { party: 'south', attribution: 'counterpart', statedBy: 'north' }),
      said('official', { attribution: 'unnamed-official' }),
      {
        ...{ id: 'put-right', negotiation: TALKS, type: 'DevelopmentCorrected', corrects: 'demand', source },
        changes: { stance: 'Less' },
      },
    ]);
    const { body } = await server.get(`${BASE}/changes.atom`);
    const [corrected, official, account, demand] = entries(body);
    expect(demand).toContain('<p>By demand (demand stated)</p>');
    expect(account).toContain('<p>Beside it (another party’s account: The North): Words of account</p>');
    expect(official).toContain('<p>Beside it (unnamed official): Words of official</p>');
    expect(corrected).toContain('<p>By put-right (development corrected)</p>');
    expect(body).not.toMatch(/on-record|narrative|unnamed-official|counterpart|[a-z](Stated|Corrected)/);
  });

  test('tells a leak that is taken back from one that is put back', async () => {
    await using server = await openTestServer();
    const back = (id: string, retracts: string): DevelopmentInput => ({
      ...{ negotiation: TALKS, id, type: 'DevelopmentRetracted', retracts, reason: 'Looked into', source },
    });
    await server.tracker.record([
      said('leak', { stance: 'Would take three.', attribution: 'anonymous' }),
      back('wrong', 'leak'),
      back('right', 'wrong'),
    ]);
    const [right, wrong, leak] = entries((await server.get(`${BASE}/changes.atom`)).body);
    expect(leak).toContain('<p>Beside it (anonymous source): Would take three.</p>');
    expect(wrong).toContain(': retracted');
    expect(wrong).toContain('<p>No longer beside it (anonymous source): Would take three.</p>');
    expect(right).toContain(': corrected');
    expect(right).toContain('<p>Now beside it (anonymous source): Would take three.</p>');
  });

  test('says the standard where it is another one, and of a leak that sets a position that it is one', async () => {
    await using server = await openTestServer();
    await server.tracker.record(said('leak', { stance: 'Two boats.', attribution: 'anonymous' }));
    const { body } = await server.get(`${BASE}/changes.atom?standard=all`);
    expect(body).toMatch(/<title>[^<]*changes of position, standard all<\/title>/);
    expect(body).toContain('Headline (anonymous source): Two boats.');
  });

  test('gives words as words, whatever they look like', async () => {
    await using server = await openTestServer();
    await server.tracker.record(said('markup', { stance: '</p>]]><script>alert("x")</script> & ]]> more' }));
    const { body } = await server.get(`${BASE}/changes.atom`);
    expect(body).not.toContain('<script>');
    expect(body).toContain('&lt;script&gt;alert("x")&lt;/script&gt; &amp; ]]&gt; more');
  });

  test('names this server as it is known from outside', async () => {
    await using server = await openTestServer({ records: STORY, url: 'https://talks.example.org' });
    const { body } = await server.get(`${BASE}/changes.atom?party=north`, { host: 'localhost' });
    expect(body).toContain(`<link rel="self" href="https://talks.example.org${BASE}/changes.atom?party=north"/>`);
    expect(body).not.toContain('localhost');
  });
});

describe('the calendar of rounds', () => {
  const round = (id: string, type: string, name: string, own: object = {}): DevelopmentInput =>
    ({
      id,
      negotiation: TALKS,
      type,
      occurred: '2026-02-01',
      round: name,
      parties: ['north', 'south'],
      source,
      ...own,
    }) as DevelopmentInput;

  /** The entry of a round as its properties, unfolded. */
  async function entry(server: TestServer, name: string): Promise<Record<string, string> | undefined> {
    const { body } = await server.get(`${BASE}/rounds.ics`);
    const found = body
      .replaceAll('\r\n ', '')
      .split('\r\nBEGIN:VEVENT')
      .find((text) => text.includes(`UID:${name}@${TALKS}.demarche`));
    const lines = found?.split('\r\n').map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).split(';')[0] ?? '', line.slice(colon + 1)];
    });
    return lines && Object.fromEntries(lines);
  }

  test('follows a round through its life: the same entry, a higher SEQUENCE each time', async () => {
    await using server = await openTestServer();
    const { tracker } = server;
    const steps: readonly (readonly [DevelopmentInput, object | undefined])[] = [
      [round('a', 'RoundScheduled', 'spring'), undefined],
      [
        round('b', 'RoundScheduled', 'spring', { scheduledFor: '2026-04', venue: 'Harbour House' }),
        { STATUS: 'TENTATIVE', DTSTART: '20260401', DTEND: '20260501', LOCATION: 'Harbour House' },
      ],
      [
        round('c', 'RoundScheduled', 'spring', { scheduledFor: '2026-04-09' }),
        { STATUS: 'CONFIRMED', DTSTART: '20260409', DTEND: '20260410' },
      ],
      [round('d', 'RoundPostponed', 'spring'), { STATUS: 'CANCELLED', DTSTART: '20260409', DTEND: '20260410' }],
      [round('e', 'RoundPostponed', 'spring'), { STATUS: 'CANCELLED', DTSTART: '20260409' }],
      [
        round('f', 'RoundPostponed', 'spring', { scheduledFor: '2026-05-02/2026-05-04' }),
        { STATUS: 'TENTATIVE', DTSTART: '20260502', DTEND: '20260505' },
      ],
      [
        round('g', 'RoundScheduled', 'spring', { scheduledFor: '2026-05-03?' }),
        { STATUS: 'TENTATIVE', DTSTART: '20260503', DTEND: '20260504' },
      ],
      [round('h', 'RoundCancelled', 'spring'), { STATUS: 'CANCELLED', DTSTART: '20260503' }],
    ];
    for (const [index, [development, expected]] of steps.entries()) {
      const { position } = await tracker.record(development);
      await tracker.reached(position, 5000);
      const found = await entry(server, 'spring');
      if (expected === undefined) expect(found).toBeUndefined();
      else expect(found).toMatchObject({ ...expected, SEQUENCE: String(index) });
    }
  });

  test('is made of lines that hold what they say they hold, whatever the talks are called, and end as they have to', async () => {
    await using server = await openTestServer();
    const title = 'Fish, boats; one \\ two\nBEGIN:VEVENT\r\nUID:none';
    await server.tracker.record([
      { negotiation: 'fish', type: 'NegotiationOpened', title },
      { negotiation: 'fish', type: 'PartyJoined', party: 'north', name: 'The North', role: 'principal' },
      {
        ...round('a', 'RoundScheduled', 'spring', { scheduledFor: '2026-04-09', parties: ['north'] }),
        negotiation: 'fish',
      },
    ]);
    const { body } = await server.get('/api/negotiations/fish/rounds.ics');
    expect(body.endsWith('\r\nEND:VCALENDAR\r\n')).toBe(true);
    const lines = body.replaceAll('\r\n ', '').split('\r\n');
    expect(lines.join('')).not.toMatch(/[\r\n]/);
    const name = 'Fish\\, boats\\; one \\\\ two\\nBEGIN:VEVENT\\nUID:none: rounds';
    expect(lines).toEqual(expect.arrayContaining([`NAME:${name}`, `X-WR-CALNAME:${name}`]));
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
  });

  test('has no round in a year that no calendar can write', async () => {
    await using server = await openTestServer();
    const days = ['-0044-03-15', '0033-04-03', '9999-12-30', '9999-12-31', '9999'];
    await server.tracker.record(
      days.map((scheduledFor, index) => round(`${index}`, 'RoundScheduled', `r${index}`, { scheduledFor })),
    );
    const { body } = await server.get(`${BASE}/rounds.ics`);
    expect(body.match(/(?<=DT(?:START|END);VALUE=DATE:).*/g)).toEqual(['00330403', '00330404', '99991230', '99991231']);
  });

  test('says that only the month is known', async () => {
    await using server = await openTestServer();
    await server.tracker.record(round('a', 'RoundScheduled', 'spring', { scheduledFor: '2026-04' }));
    expect((await entry(server, 'spring'))?.DESCRIPTION).toContain(
      'the date is given as 2026-04\\, and the entry spans all of it',
    );
  });

  test('stands on the days on which a round was held, once they are known', async () => {
    await using server = await openTestServer();
    await server.tracker.record([
      round('a', 'RoundScheduled', 'winter', { scheduledFor: '2026-02-10' }),
      round('b', 'RoundOpened', 'winter', { occurred: '2026-02-11' }),
      round('c', 'RoundConcluded', 'winter', { occurred: '2026-02-13', outcome: 'partial' }),
      round('d', 'RoundConcluded', 'autumn', { occurred: '2025-10/2025-11' }),
    ]);
    expect(await entry(server, 'winter')).toMatchObject({
      STATUS: 'CONFIRMED',
      DTSTART: '20260211',
      DTEND: '20260214',
    });
    expect(await entry(server, 'autumn')).toMatchObject({
      STATUS: 'TENTATIVE',
      DTSTART: '20251001',
      DTEND: '20251201',
    });
  });

  test('moves a round that was adjourned, or is scheduled anew, to its new date, and then to where it was held', async () => {
    await using server = await openTestServer();
    const { tracker } = server;
    const sat = (id: string, type: string, occurred: string) => round(id, type, 'spring', { occurred });
    const steps: readonly (readonly [DevelopmentInput, object])[] = [
      [round('a', 'RoundScheduled', 'spring', { scheduledFor: '2026-02-03' }), { DTSTART: '20260203' }],
      [sat('b', 'RoundOpened', '2026-02-03'), { STATUS: 'CONFIRMED', DTSTART: '20260203', DTEND: '20260204' }],
      [
        round('c', 'RoundPostponed', 'spring', { occurred: '2026-02-04', scheduledFor: '2026-02-09' }),
        { STATUS: 'TENTATIVE', DTSTART: '20260209', DTEND: '20260210' },
      ],
      [sat('d', 'RoundOpened', '2026-02-10'), { STATUS: 'CONFIRMED', DTSTART: '20260210', DTEND: '20260211' }],
      [sat('e', 'RoundConcluded', '2026-02-11'), { STATUS: 'CONFIRMED', DTSTART: '20260210', DTEND: '20260212' }],
      [
        round('f', 'RoundScheduled', 'spring', { occurred: '2026-02-12', scheduledFor: '2026-05-02' }),
        { STATUS: 'CONFIRMED', DTSTART: '20260502', DTEND: '20260503' },
      ],
      [
        round('g', 'RoundPostponed', 'spring', { occurred: '2026-02-13' }),
        { STATUS: 'CANCELLED', DTSTART: '20260502' },
      ],
      [
        round('h', 'RoundCancelled', 'spring', { occurred: '2026-02-14' }),
        { STATUS: 'CANCELLED', DTSTART: '20260502' },
      ],
    ];
    for (const [development, expected] of steps) {
      const { position } = await tracker.record(development);
      await tracker.reached(position, 5000);
      expect(await entry(server, 'spring'), development.id).toMatchObject(expected);
    }
  });

  test('has nothing of a round that was held once, and is scheduled anew without a date', async () => {
    await using server = await openTestServer();
    const held = round('a', 'RoundConcluded', 'winter');
    await server.tracker.record([held, round('b', 'RoundScheduled', 'winter', { occurred: '2026-02-02' })]);
    expect(await entry(server, 'winter')).toBeUndefined();
  });

  test('cancels no day on which a round sat: one that is adjourned or broken off stands there', async () => {
    await using server = await openTestServer();
    const later = { occurred: '2026-02-02' };
    const sitting = (name: string, off: string) => [
      round(`${name}-plan`, 'RoundScheduled', name, { occurred: '2026-01-20', scheduledFor: '2026-01-31' }),
      round(`${name}-sat`, 'RoundOpened', name),
      round(`${name}-off`, off, name, later),
    ];
    await server.tracker.record([...sitting('adjourned', 'RoundPostponed'), ...sitting('broken', 'RoundCancelled')]);
    const sat = { STATUS: 'CONFIRMED', DTSTART: '20260201', DTEND: '20260202' };
    expect(await entry(server, 'adjourned')).toMatchObject({
      ...{ ...sat, SUMMARY: 'The North\\, The South: talks (adjourned\\, no new date)' },
    });
    expect(await entry(server, 'broken')).toMatchObject({
      ...{ ...sat, SUMMARY: 'The North\\, The South: talks (broken off)' },
    });
  });

  test('cancels the day it was planned for since, and none from before it sat', async () => {
    await using server = await openTestServer();
    const sitting = (name: string, plan: object) => [
      round(`${name}-plan`, 'RoundScheduled', name, { occurred: '2026-01-20', scheduledFor: '2026-01-31' }),
      round(`${name}-sat`, 'RoundConcluded', name),
      round(`${name}-again`, 'RoundScheduled', name, { occurred: '2026-02-02', ...plan }),
      round(`${name}-off`, 'RoundCancelled', name, { occurred: '2026-02-03' }),
    ];
    await server.tracker.record([...sitting('dated', { scheduledFor: '2026-03-09' }), ...sitting('undated', {})]);
    expect(await entry(server, 'dated')).toMatchObject({ STATUS: 'CANCELLED', DTSTART: '20260309' });
    expect(await entry(server, 'undated')).toBeUndefined();
  });

  test('is tentative about a sitting of which only the month is known', async () => {
    await using server = await openTestServer();
    await server.tracker.record([
      round('a', 'RoundOpened', 'winter', { occurred: '2026-01' }),
      round('b', 'RoundCancelled', 'winter', { occurred: '2026-02-02' }),
    ]);
    expect(await entry(server, 'winter')).toMatchObject({
      STATUS: 'TENTATIVE',
      DTSTART: '20260101',
      DTEND: '20260201',
    });
  });

  test('stands on the days of a round whose plan is known to the month, and counts after it was held', async () => {
    await using server = await openTestServer();
    await server.tracker.record([
      round('a', 'RoundScheduled', 'winter', { occurred: '2026-01', scheduledFor: '2026-01-17' }),
      round('b', 'RoundOpened', 'winter', { occurred: '2026-01-17' }),
      round('c', 'RoundConcluded', 'winter', { occurred: '2026-01-18' }),
    ]);
    const found = await entry(server, 'winter');
    expect(found).toMatchObject({ STATUS: 'CONFIRMED', DTSTART: '20260117', DTEND: '20260119' });
    expect(found?.SUMMARY).not.toContain('due');
  });

  test('names parties and mediators as they were declared', async () => {
    await using server = await openTestServer();
    await server.tracker.record(
      round('a', 'RoundScheduled', 'spring', { scheduledFor: '2026-04-09', parties: ['north'], mediators: ['south'] }),
    );
    const found = await entry(server, 'spring');
    expect(found?.SUMMARY).toBe('The North: talks');
    expect(found?.DESCRIPTION).toContain('Mediators: The South');
  });

  test('raises SEQUENCE and LAST-MODIFIED for a correction and a retraction too, and never lowers them', async () => {
    await using server = await openTestServer();
    const { tracker, clock } = server;
    const sequences: number[] = [];
    for (const development of [
      round('a', 'RoundScheduled', 'spring', { scheduledFor: '2026-04-09' }),
      round('b', 'RoundScheduled', 'spring', { scheduledFor: '2026-04-10' }),
      {
        id: 'c',
        negotiation: TALKS,
        type: 'DevelopmentCorrected',
        corrects: 'b',
        changes: { scheduledFor: '2026-04-11' },
        source,
      },
      { id: 'd', negotiation: TALKS, type: 'DevelopmentRetracted', retracts: 'b', reason: 'misread' },
    ] as DevelopmentInput[]) {
      clock.set(clock.now() + 60_000);
      const { position } = await tracker.record(development);
      await tracker.reached(position, 5000);
      const found = await entry(server, 'spring');
      sequences.push(Number(found?.SEQUENCE));
      expect(found?.['LAST-MODIFIED']).toBe(new Date(clock.now()).toISOString().replaceAll(/[-:]|\.\d+/g, ''));
    }
    expect(sequences).toEqual([0, 1, 2, 3]);
    expect(await entry(server, 'spring')).toMatchObject({ DTSTART: '20260409', STATUS: 'CONFIRMED' });
  });

  test('asks after a round that was due, and keeps lines and commas in their place', async () => {
    await using server = await openTestServer();
    await server.tracker.record(
      round('a', 'RoundScheduled', 'late', { scheduledFor: '2026-02-20', summary: 'One, two; three\nBEGIN:VEVENT' }),
    );
    const found = await entry(server, 'late');
    expect(found).toMatchObject({ STATUS: 'TENTATIVE' });
    expect(found?.SUMMARY).toContain('was due');
    expect(found?.DESCRIPTION).toContain('One\\, two\\; three\\nBEGIN:VEVENT');
  });
});

describe('exports', () => {
  test('stream everything, and imported again give the same log', async () => {
    await using server = await openTestServer({ records: STORY });
    const jsonl = await server.get(`${BASE}/export.jsonl`);
    expect(jsonl.headers).toMatchObject({
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': `attachment; filename="${TALKS}.jsonl"`,
    });
    const developments = jsonl.body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as DevelopmentInput);
    await using copy = await openTestServer({ records: developments });
    expect(await copy.tracker.developments(TALKS)).toEqual(await server.tracker.developments(TALKS));
    expect((await copy.get(`${BASE}/export.jsonl`)).body).toBe(jsonl.body);
    const csv = await server.get(`${BASE}/export.csv`);
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect((await copy.get(`${BASE}/export.csv`)).body).toBe(csv.body);
    expect(csv.body.split('\n')).toHaveLength(STORY.length + 2);
  });

  test('of a negotiation that does not exist are refused before they begin', async () => {
    await using server = await openTestServer();
    for (const name of ['export.csv', 'export.jsonl', 'rounds.ics', 'changes.atom'])
      expect((await server.get(`/api/negotiations/nowhere/${name}`)).statusCode).toBe(404);
  });
});
