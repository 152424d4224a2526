import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importInto } from '../../../src/tracker/transfer/index.ts';
import { bytes, faultsOf, importText, itemsOf, openDeclared, openEmpty } from './support.ts';

const HEADER = 'negotiation,type,occurred,party,issue,stance,source.publisher';
const csv = (...lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const row = (stance: string): string => `strait,DemandStated,2024-03-05,northland,fishing,${stance},The Gazette`;
const AS_CSV = { fileName: 'talks.csv' };
const refusedFaults = (text: string | Buffer) => faultsOf(text, AS_CSV);

describe('what does no harm', () => {
  test.each([
    ['a byte-order mark', `\ufeff${csv(HEADER, row('No boats.'))}`],
    ['Windows line ends', csv(HEADER, row('No boats.')).replaceAll('\n', '\r\n')],
    ['line ends of old Macs', csv(HEADER, row('No boats.')).replaceAll('\n', '\r')],
    ['no line end after the last row', csv(HEADER, row('No boats.')).trimEnd()],
    ['blank lines and rows without content', csv('', HEADER, '', ',,,,,,', row('No boats.'), '  ', ', ,,,,,')],
    ['a quoted header', csv(HEADER.replace('stance', '"stance"'), row('No boats.'))],
    ['semicolons, as many spreadsheets write', csv(HEADER, row('No boats.')).replaceAll(',', ';')],
    ['tabs', csv(HEADER, row('No boats.')).replaceAll(',', '\t')],
  ])('%s', async (_, text) => {
    for (const size of [1, 7, 65536]) {
      await using opened = await openDeclared();
      const items = await itemsOf(bytes(text, size), AS_CSV);
      expect(items).toMatchObject([
        { development: { stance: 'No boats.', source: { publisher: 'The Gazette' } }, declares: null },
      ]);
      expect(await importText(opened, text, AS_CSV)).toMatchObject({ read: 1, added: 1 });
    }
  });

  test('cells over several lines, doubled quotes, separators and the line separator of Unicode', async () => {
    await using opened = await openDeclared();
    await importText(opened, csv(HEADER, row('"a\r\nb\n\nc, ""d"" \u2028 e"')), AS_CSV);
    expect((await opened.tracker.developments('strait')).at(-1)).toMatchObject({ stance: 'a\r\nb\n\nc, "d" \u2028 e' });
  });

  test('lists as "a; b", of ids also as "a, b", and as JSON', async () => {
    await using opened = await openDeclared();
    const header = HEADER.replace('party', 'parties');
    const joint = (parties: string) => row('Together.').replace('northland', parties);
    await importText(
      opened,
      csv(
        header,
        joint('northland ; southland'),
        joint('" southland,northland "').replace('Together', 'Again'),
        joint('"[""southland"",""northland""]"'),
      ),
      AS_CSV,
    );
    expect((await opened.tracker.developments('strait')).slice(-3)).toMatchObject([
      { parties: ['northland', 'southland'] },
      { parties: ['southland', 'northland'], stance: 'Again.' },
      { parties: ['southland', 'northland'] },
    ]);
  });

  test('commas in what is no list of ids: in names of people, and in names as they are printed', async () => {
    const delegation = csv(
      'negotiation,type,occurred,party,members,source.publisher',
      'strait,DelegationNamed,2024,northland,"A. Berg, envoy; B. Dal",P',
    );
    expect(await itemsOf(bytes(delegation, 64), AS_CSV)).toMatchObject([
      { development: { members: ['A. Berg, envoy', 'B. Dal'] } },
    ]);
    await using opened = openEmpty();
    const sheet = csv('when,who,what,words', '2024-03-05,"Korea, Republic of; Japan",Fishing,Together.');
    const map = 'parties=who,occurred=when,issue=what,stance=words';
    await importText(opened, sheet, { fileName: 'sheet.csv', map, declare: true });
    expect((await opened.tracker.developments('sheet')).at(-1)).toMatchObject({
      parties: ['korea-republic-of', 'japan'],
    });
  });
});

describe('what is refused, with line, column, value and what would be right', () => {
  test('a day that comes first, on the line where its row begins', async () => {
    const text = csv(HEADER, '', row('"a\r\nb\r\n\r\r\nc"'), '', row('x').replace('2024-03-05', '15/02/1990'));
    expect(await refusedFaults(text)).toMatchObject([
      {
        line: 8,
        column: 'occurred',
        field: 'occurred',
        value: '15/02/1990',
        message: expect.stringContaining('1990-02-15'),
      },
    ]);
  });

  test('an item of a list that is no id, by its place', async () => {
    const text = csv(HEADER.replace('party', 'parties'), row('x').replace('northland', '"northland, South"'));
    expect(await refusedFaults(text)).toMatchObject([
      { line: 2, column: 'parties', field: 'parties.1', value: 'South', message: expect.stringContaining('"south"') },
    ]);
  });

  test('an unknown column, with the nearest known one; the rows are not gone through for it', async () => {
    expect(
      await refusedFaults(
        csv(HEADER.replace('stance', 'stanc').replace('party', 'colour of flag'), row('x'), row('y')),
      ),
    ).toEqual([
      { field: '', line: 1, column: 'colour of flag', message: expect.stringContaining('no such column') },
      {
        field: '',
        line: 1,
        column: 'stanc',
        message: expect.stringContaining('did you mean stance?'),
        suggestion: 'stance',
      },
    ]);
  });

  test('columns that are fields in another case: each, and the field it should be', async () => {
    const wrong = (column: string, field: string) => ({
      ...{ field: '', line: 1, column, suggestion: field },
      message: expect.stringContaining(`write ${field}`),
    });
    expect(await refusedFaults(csv('Type,Negotiation,statedby,Source.Publisher,title', 'a,b,c,d,e'))).toEqual([
      wrong('Type', 'type'),
      wrong('Negotiation', 'negotiation'),
      wrong('statedby', 'statedBy'),
      wrong('Source.Publisher', 'source.publisher'),
    ]);
    expect(await refusedFaults(csv('TYPE,Negotiation', 'a,b'))).toEqual([
      wrong('TYPE', 'type'),
      wrong('Negotiation', 'negotiation'),
    ]);
  });

  test('columns that are here twice, or have no name', async () => {
    expect(await refusedFaults(csv(`${HEADER},party,`, `${row('x')},,`))).toMatchObject([
      { column: 'party', message: expect.stringContaining('twice') },
      { column: '9 (without a name)' },
    ]);
  });

  test('a spreadsheet of one’s own: it is told about the map', async () => {
    expect(await refusedFaults(csv('who,what', 'a,b'))).toMatchObject([
      { line: 1, message: expect.stringContaining('party=actor') },
    ]);
  });

  test('a row with too few or too many cells', async () => {
    expect(await refusedFaults(csv(HEADER, row('a, b'), row('x'), 'strait'))).toMatchObject([
      { line: 2, message: expect.stringContaining('8 cells') },
      { line: 4, message: expect.stringContaining('1 cells') },
    ]);
  });

  test('a quote that is never closed, on the line of its row', async () => {
    expect(await refusedFaults(csv(HEADER, '', row('ok'), row('"never'), row('x'), row('y')))).toMatchObject([
      { line: 4, message: expect.stringContaining('never closed') },
    ]);
  });

  test('a quote inside a cell, on the line of its row', async () => {
    expect(await refusedFaults(csv(HEADER, '', row('ok'), row('"so "called" boats"')))).toMatchObject([
      { line: 4, message: expect.stringContaining('double those') },
    ]);
  });

  test('a cell that should be JSON, and a list with a hole', async () => {
    const text = csv(
      'negotiation,type,occurred,exchange,parties,counts,summary,source.publisher',
      'strait,PrisonerExchangeAgreed,2024,crews,northland,twelve,Home,P',
    );
    expect(await refusedFaults(text)).toMatchObject([
      { line: 2, column: 'counts', value: 'twelve', message: expect.stringContaining('{"northland":157') },
    ]);
    const open = text.replace('northland,twelve', '"[""northland""",');
    expect(await refusedFaults(open)).toMatchObject([
      { line: 2, column: 'parties', message: expect.stringContaining('["') },
    ]);
  });

  test('a number that is none, and a field its type does not have', async () => {
    const text = csv(`${HEADER},source.credibility,title`, `${row('x')},sure,Boats`);
    expect(await refusedFaults(text)).toMatchObject([
      { line: 2, column: 'source.credibility', value: 'sure', message: expect.stringMatching(/^write a /) },
      { line: 2, column: 'title', value: 'Boats', message: expect.stringContaining('leave it out') },
    ]);
  });

  test('a field that is required and has no column: the column it would stand in', async () => {
    const text = csv(HEADER.replace(',source.publisher', ''), row('x').replace(',The Gazette', ''));
    expect(await refusedFaults(text)).toMatchObject([
      { line: 2, field: 'source', column: 'source.publisher', message: 'this field is required' },
    ]);
  });

  test('bytes that are not UTF-8, in a cell over several lines', async () => {
    const text = Buffer.concat([
      Buffer.from(`${HEADER}\n${row('"one\ntwo caf')}`),
      Buffer.from([0xe9]),
      Buffer.from('"\n'),
    ]);
    expect(await refusedFaults(text)).toMatchObject([{ line: 3, message: expect.stringContaining('UTF-8') }]);
  });

  test.each(['', '\ufeff'])('a file in UTF-16, of either order of bytes, begun with "%s": it says so', async (mark) => {
    const little = Buffer.from(mark + csv(HEADER, row('Café, “боты”.')), 'utf16le');
    for (const text of [little, Buffer.from(little).swap16()])
      expect(await refusedFaults(text)).toEqual([
        { field: '', line: 1, message: expect.stringMatching(/UTF-16.* NUL .*save it as UTF-8/) },
      ]);
  });

  test('a header without a row', async () => {
    expect(await refusedFaults(csv(HEADER))).toMatchObject([{ message: expect.stringContaining('no development') }]);
  });

  test('a party that was never declared, in a list: the column of the list', async () => {
    const text = csv(HEADER.replace('party', 'parties'), row('x').replace('northland', 'northland; sothland'));
    expect(await refusedFaults(text)).toMatchObject([
      {
        line: 2,
        column: 'parties',
        field: 'parties.1',
        value: 'sothland',
        code: 'PARTY_UNKNOWN',
        suggestion: 'southland',
      },
    ]);
  });
});

test('a file that is refused in the middle is closed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'demarche-csv-'));
  try {
    const path = join(folder, 'talks.csv');
    await writeFile(
      path,
      csv('negotiation,type,wrongcolumn', ...Array<string>(50_000).fill('strait,NegotiationOpened,x')),
    );
    const file = createReadStream(path);
    const closed = new Promise((resolve) => file.once('close', resolve));
    await using opened = await openDeclared();
    await expect(importInto(opened.tracker, file, { fileName: path })).rejects.toMatchObject({
      code: 'IMPORT_INVALID',
    });
    await closed;
    expect(file.readableEnded).toBe(false);
  } finally {
    await rm(folder, { recursive: true });
  }
});
