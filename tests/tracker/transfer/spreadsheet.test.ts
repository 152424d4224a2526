import { describe, expect, test } from 'vitest';
import type { DevelopmentInput, DevelopmentOf, DevelopmentType } from '../../../events/index.ts';
import type { ImportOptions } from '../../../src/tracker/transfer/index.ts';
import type { TestTracker } from '../../support/tracker.ts';
import { importText, openDeclared, openEmpty, refusal, textOf } from './support.ts';

/** A person's own: other names, other order, columns that are nobody's business, names as they are printed. */
const SHEET = `key,decision_date,case,issue_id,position_id,remark,actor,position
1,2010-04-15,C-1/05,3264,11174,,defendant,Yes
2,2010-04-15,C-1/05,3264,11174,"seen, twice",European Commission,"Yes, ""in part""
and only there"
3,2010-04-15,C-1/05,3265,11175,,Côte d'Ivoire,No
4,2010-06-03,C-2/05,3265,11175,,Court of Justice (CJEU),No
`;
const MAP = 'party=actor,issue=issue_id,point=position_id,stance=position,occurred=decision_date';
const OPTIONS: Partial<ImportOptions> = { fileName: '/home/me/Court positions_2010.csv', map: MAP, declare: true };
const NEGOTIATION = 'court-positions-2010';

const imported = async <T extends DevelopmentType>({ tracker }: TestTracker, type: T, negotiation = NEGOTIATION) =>
  (await tracker.developments(negotiation)).filter((one): one is DevelopmentOf<T> => one.type === type);

describe('a spreadsheet of one’s own', () => {
  test('imports through a map: positions under their source, names as slugs, and what they need declared', async () => {
    await using opened = openEmpty();
    expect(await importText(opened, SHEET, OPTIONS)).toMatchObject({
      negotiation: NEGOTIATION,
      read: 4,
      added: 4,
      known: 0,
      declared: 7,
    });
    expect(await imported(opened, 'PositionStated')).toMatchObject([
      {
        party: 'defendant',
        issue: '3264',
        point: '11174',
        stance: 'Yes',
        occurred: '2010-04-15',
        source: { publisher: 'Court positions_2010.csv' },
      },
      { party: 'european-commission', stance: 'Yes, "in part"\nand only there' },
      { party: 'cote-d-ivoire', issue: '3265', point: '11175', stance: 'No' },
      { party: 'court-of-justice-cjeu', occurred: '2010-06-03' },
    ]);
    const parties = await imported(opened, 'PartyJoined');
    expect(parties.map(({ party, name, role }) => [party, name, role])).toEqual([
      ['defendant', 'defendant', 'principal'],
      ['european-commission', 'European Commission', 'principal'],
      ['cote-d-ivoire', "Côte d'Ivoire", 'principal'],
      ['court-of-justice-cjeu', 'Court of Justice (CJEU)', 'principal'],
    ]);
    expect((await imported(opened, 'IssueRaised')).map(({ issue, title }) => [issue, title])).toEqual([
      ['3264', '3264'],
      ['3265', '3265'],
    ]);
    expect(await imported(opened, 'NegotiationOpened')).toMatchObject([{ title: 'Court positions_2010' }]);
  });

  test('imported again adds nothing, and neither does what was exported from it', async () => {
    await using opened = openEmpty();
    await importText(opened, SHEET, OPTIONS);
    const head = await opened.store.head();
    expect(await importText(opened, SHEET, OPTIONS)).toMatchObject({ read: 4, added: 0, known: 4, declared: 0 });
    const csv = await textOf('csv', await opened.tracker.developments(NEGOTIATION));
    expect(await importText(opened, csv, { fileName: 'x.csv', declare: true })).toMatchObject({
      read: 11,
      added: 0,
      known: 11,
      declared: 0,
    });
    expect(await opened.store.head()).toBe(head);
  });

  test('with one row more adds that row, and the party it names', async () => {
    await using opened = openEmpty();
    await importText(opened, SHEET, OPTIONS);
    const more = `${SHEET}5,2010-07-01,C-3/05,3265,11175,,Norway,Yes\n`;
    expect(await importText(opened, more, OPTIONS)).toMatchObject({ read: 5, added: 1, known: 4, declared: 1 });
  });

  test('rows that say the same are one development', async () => {
    await using opened = openEmpty();
    const twice = `${SHEET}5,2010-04-15,C-9/09,3264,11174,again,defendant,Yes\n`;
    expect(await importText(opened, twice, OPTIONS)).toMatchObject({ read: 5, added: 4, known: 1 });
    expect(await imported(opened, 'PositionStated')).toHaveLength(4);
  });

  test('a try writes nothing and counts the same', async () => {
    await using opened = openEmpty();
    expect(await importText(opened, SHEET, { ...OPTIONS, dryRun: true })).toEqual({
      negotiation: NEGOTIATION,
      dryRun: true,
      read: 4,
      added: 4,
      known: 0,
      declared: 7,
      position: null,
    });
    expect(await opened.store.head()).toBeNull();
  });

  test('goes into the negotiation asked for, and joins what is declared there by id, by name or in capitals', async () => {
    await using opened = await openDeclared();
    const sheet =
      'who,when,what,on\nNorthland,2024,a,Fishing\nsouthland,2024,b,fishing\nSOUTHLAND,2024,c,FISHING\nThe Isles,2024,d,Fishing\n';
    const options = {
      fileName: 's.csv',
      map: 'party=who,occurred=when,stance=what,issue=on',
      negotiation: 'strait',
      declare: true,
    };
    expect(await importText(opened, sheet, options)).toMatchObject({ negotiation: 'strait', added: 4, declared: 1 });
    const stated = await imported(opened, 'PositionStated', 'strait');
    expect(stated.map(({ party, issue }) => `${party} ${issue}`)).toEqual([
      'northland fishing',
      'southland fishing',
      'southland fishing',
      'the-isles fishing',
    ]);
  });

  test('a name on record under another id means that party', async () => {
    await using opened = await openDeclared();
    const joined: DevelopmentInput = {
      negotiation: 'strait',
      type: 'PartyJoined',
      party: 'usa',
      name: 'United States',
      role: 'mediator',
    };
    const cyrillic: DevelopmentInput = { ...joined, party: 'ukraine', name: 'Україна' };
    await opened.tracker.record([joined, cyrillic]);
    const sheet = 'who,when,what,on\nUnited States,2024,a,Fishing\nУкраїна,2024,b,Fishing\n';
    const options = {
      fileName: 's.csv',
      map: 'party=who,occurred=when,stance=what,issue=on',
      negotiation: 'strait',
      declare: true,
    };
    expect(await importText(opened, sheet, options)).toMatchObject({ added: 2, declared: 0 });
    expect((await imported(opened, 'PositionStated', 'strait')).map(({ party }) => party)).toEqual(['usa', 'ukraine']);
  });

  test('of two parties on record with one name, the one whose id is made of it is meant', async () => {
    await using opened = await openDeclared();
    const named = (party: string): DevelopmentInput => ({
      negotiation: 'strait',
      type: 'PartyJoined',
      party,
      name: 'The Isles',
      role: 'observer',
    });
    await opened.tracker.record([named('isles'), named('the-isles'), named('islands')]);
    const sheet = 'who,when,what,on\nThe Isles,2024,a,Fishing\n';
    const options = {
      fileName: 's.csv',
      map: 'party=who,occurred=when,stance=what,issue=on',
      negotiation: 'strait',
      declare: true,
    };
    expect(await importText(opened, sheet, options)).toMatchObject({ added: 1, declared: 0 });
    expect(await imported(opened, 'PositionStated', 'strait')).toMatchObject([{ party: 'the-isles' }]);
  });

  test('joint statements, constants, speakers and mediators', async () => {
    await using opened = openEmpty();
    const sheet = 'who,when,venue,say\nNorthland; The Isles,2024,Port,Go on\n';
    const map =
      'type:=RoundConcluded,round:=First round,parties=who,occurred=when,venue=venue,summary=say,mediators:=Southland;Northland,speaker.name:="Berg, A."';
    expect(
      await importText(opened, sheet, {
        fileName: 'r.csv',
        map: map.replace('speaker.name:="Berg, A."', '"speaker.name:=Berg, A."'),
        declare: true,
      }),
    ).toMatchObject({ added: 1, declared: 4 });
    expect(await imported(opened, 'RoundConcluded', 'r')).toMatchObject([
      {
        round: 'first-round',
        parties: ['northland', 'the-isles'],
        mediators: ['southland', 'northland'],
        venue: 'Port',
        speaker: { name: 'Berg, A.' },
      },
    ]);
    const roles = (await imported(opened, 'PartyJoined', 'r')).map(({ name, role }) => [name, role]);
    expect(roles).toEqual([
      ['Northland', 'principal'],
      ['The Isles', 'principal'],
      ['Southland', 'mediator'],
    ]);
  });

  test('cells are trimmed, and a source may be given in part', async () => {
    await using opened = openEmpty();
    const sheet =
      'who,when,what,on,link\n Northland , 2024-03-05 , a ,Fishing, https://gazette.example/1 \nNorthland,2024-03-06,b,Fishing,\n';
    const options = {
      fileName: 's.csv',
      map: 'party=who,occurred=when,stance=what,issue=on,source.url=link',
      declare: true,
    };
    await importText(opened, sheet, options);
    expect(await imported(opened, 'PositionStated', 's')).toMatchObject([
      {
        party: 'northland',
        occurred: '2024-03-05',
        stance: 'a',
        source: { publisher: 's.csv', url: 'https://gazette.example/1' },
      },
      { source: { publisher: 's.csv' } },
    ]);
  });

  test('long names are told apart, and printed in full', async () => {
    await using opened = openEmpty();
    const long =
      'The association of everybody who ever set a sail north of the strait and would rather not be named here at all';
    const sheet = `who,when,what,on\n${long} (a),2024,a,Fishing\n${long} (b),2024,b,Fishing\n`;
    await importText(opened, sheet, {
      fileName: 's.csv',
      map: 'party=who,occurred=when,stance=what,issue=on',
      declare: true,
    });
    const parties = await imported(opened, 'PartyJoined', 's');
    expect(parties.map(({ name }) => name)).toEqual([`${long} (a)`, `${long} (b)`]);
    expect(new Set(parties.map(({ party }) => party)).size).toBe(2);
  });
});

describe('is refused, and nothing written', () => {
  const refusedSheet = async (text: string, options: Partial<ImportOptions> = OPTIONS) => {
    await using opened = await openDeclared();
    return await refusal(opened, text, options);
  };

  test('two printed names that would be one slug', async () => {
    const { faults } = await refusedSheet(`${SHEET}5,2010-07-01,C,3265,1,,European commission,Yes\n`);
    expect(faults).toEqual([
      {
        field: 'party',
        line: 7,
        column: 'actor',
        value: 'European commission',
        message: expect.stringMatching(/"European Commission" \(line 3\).*"european-commission"/),
      },
    ]);
  });

  test('a printed name whose slug is on record under another name', async () => {
    const sheet = 'who,when,what,on\nNorth-Land,2024,a,Fishing\nNorthland!,2024,a,Fishing\n';
    const { faults } = await refusedSheet(sheet, {
      fileName: 's.csv',
      map: 'party=who,occurred=when,stance=what,issue=on',
      negotiation: 'strait',
      declare: true,
    });
    expect(faults).toMatchObject([
      { line: 3, column: 'who', value: 'Northland!', message: expect.stringContaining('on record as "Northland"') },
    ]);
  });

  test('printed names without declare: it is told what declare would do', async () => {
    const { faults } = await refusedSheet(SHEET, { ...OPTIONS, declare: false });
    expect(faults[0]).toMatchObject({
      line: 3,
      column: 'actor',
      value: 'European Commission',
      message: expect.stringMatching(/slug.*--declare/),
    });
  });

  test('a date, a point and an empty stance, in the columns of the sheet', async () => {
    const wrong = SHEET.replace('2010-06-03', '3.6.2010')
      .replace(',3264,11174,,', ',3264,1 1,,')
      .replace(",11175,,Côte d'Ivoire,No", ',11175,,Norway,');
    const { faults } = await refusedSheet(wrong);
    expect(faults).toMatchObject([
      { line: 2, column: 'position_id', field: 'point', value: '1 1' },
      { line: 5, column: 'position', field: 'stance', message: 'this field is required' },
      {
        line: 6,
        column: 'decision_date',
        field: 'occurred',
        value: '3.6.2010',
        message: expect.stringContaining('which of the two'),
      },
    ]);
  });

  test('a printed name, without declaring: that this makes ids is told of what is there, and of nothing else', async () => {
    const sheet = 'actor,issue_id,position,decision_date\nNorway,,Yes,2010-04-15\n';
    const map = 'party=actor,issue=issue_id,stance=position,occurred=decision_date';
    const { faults } = await refusedSheet(sheet, { ...OPTIONS, map, declare: false });
    expect(faults).toMatchObject([
      { column: 'actor', value: 'Norway', message: expect.stringMatching(/such as "norway"; with --declare, printed/) },
      { column: 'issue_id', field: 'issue', message: 'this field is required' },
    ]);
  });

  test('a name too long to be kept, in the column it stands in', async () => {
    const { faults } = await refusedSheet(SHEET.replace('European Commission', 'x'.repeat(201)));
    expect(faults).toMatchObject([
      { line: 3, column: 'actor', field: 'party', message: 'write at most 200 characters' },
    ]);
  });

  test('a column the map names and the file does not have', async () => {
    const { faults } = await refusedSheet(SHEET, { ...OPTIONS, map: MAP.replace('=actor', '=actors') });
    expect(faults).toMatchObject([{ line: 1, column: 'actors', field: 'party', suggestion: 'actor' }]);
  });

  test('a column the map names and the file has twice', async () => {
    const { faults } = await refusedSheet(SHEET.replace('remark', 'actor'));
    expect(faults).toMatchObject([{ line: 1, column: 'actor', message: expect.stringContaining('twice') }]);
  });

  test.each([
    ['', 'field=column'],
    ['party', 'field=column'],
    ['party=', 'field=column'],
    ['partie=actor', 'parties'],
    ['party=actor,party=position', 'twice'],
    ['source=actor', 'source'],
    ['party="actor"', 'around a whole item'],
    ['"party=actor', 'around a whole item'],
  ])('the map %j', async (map, right) => {
    const { code, faults } = await refusedSheet(SHEET, { ...OPTIONS, map });
    expect(code).toBe('REQUEST_INVALID');
    expect(faults[0]).toMatchObject({ field: 'map', message: expect.stringContaining(right) });
  });

  test.each([
    ['a map for JSON Lines', { ...OPTIONS, fileName: 'a.jsonl' }, 'map'],
    ['a file whose name does not say what it holds', { fileName: 'talks.txt' }, 'format'],
    ['a negotiation that is no slug', { ...OPTIONS, negotiation: 'Court 2010' }, 'negotiation'],
  ])('%s', async (_, options, field) => {
    const { code, faults } = await refusedSheet(SHEET, options);
    expect(code).toBe('REQUEST_INVALID');
    expect(faults).toMatchObject([{ field }]);
  });

  test('a workbook, which a spreadsheet can save as CSV', async () => {
    const { faults } = await refusedSheet(SHEET, { fileName: '/home/me/Talks.XLSX' });
    expect(faults).toMatchObject([
      { field: 'format', message: expect.stringContaining('save its sheet as "CSV UTF-8"') },
    ]);
  });

  test('a file whose name does not say what it holds, by that name', async () => {
    const { faults } = await refusedSheet(SHEET, { fileName: '/home/me/talks.txt' });
    expect(faults).toMatchObject([
      { message: 'the name "talks.txt" does not say what the file holds; write jsonl or csv here' },
    ]);
  });
});
