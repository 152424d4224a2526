/** Import and export as commands: round trips, rehearsals, refusals; what a file may hold is tested with the library. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RECORDS, recordAt, run, runHere, runJson, tempFolder, tempStore, widest } from './run.ts';
import { STEPS, TALKS } from './talks.ts';

const RECORD = join(RECORDS, 'russia-ukraine.jsonl');

describe('import', () => {
  it('records a file, and adds nothing the second time', async () => {
    const store = await tempStore();
    const first = await run(['import', RECORD], { store });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/: 120 developments read, 120 added, 0 on record already\n$/);
    expect(await runJson(['import', RECORD], { store })).toMatchObject({
      read: 120,
      added: 0,
      known: 120,
      dryRun: false,
    });
  });

  it('rehearses without making a file', async () => {
    const file = join(await tempFolder(), 'new.db');
    const { code, stdout } = await runHere(['import', RECORD, '--dry-run'], { store: `sqlite:${file}` });
    expect({ code, made: existsSync(file) }).toEqual({ code: 0, made: false });
    expect(stdout.replace(/\s+/g, ' ')).toContain('120 would be added, 0 on record already; nothing was written');
  });

  it('takes a spreadsheet as it is, with a map and --declare', async () => {
    const [store, folder] = [await tempStore(), await tempFolder()];
    const sheet = join(folder, 'sheet.csv');
    await writeFile(sheet, 'actor,issue_id,position,day\nNorway,7,No,2024-03-05\nIceland,7,Yes,2024-03-06\n');
    const map = 'party=actor,issue=issue_id,stance=position,occurred=day';
    const args = ['import', sheet, '--negotiation', 'sheet', '--declare', '--map', map, '--by', 'desk'];
    expect(await runJson(args, { store })).toMatchObject({ read: 2, added: 2, declared: 4 });
    const chronicle = await runJson<{ recorder: string }[]>(['log', 'sheet', '--order', 'world'], { store });
    expect(new Set(chronicle.map(({ recorder }) => recorder))).toEqual(new Set(['desk']));
  });

  it('reads standard input, if it is told what comes', async () => {
    const store = await tempStore();
    const stdin = await readFile(RECORD, 'utf8');
    expect(await runHere(['import', '-'], { store, stdin })).toMatchObject({ code: 2 });
    expect(await runJson(['import', '-', '--format', 'jsonl'], { store, stdin })).toMatchObject({ added: 120 });
  });

  it('names line, column, value and what would be right, writes nothing, and makes no file', async () => {
    const folder = await tempFolder();
    const sheet = join(folder, 'sheet.csv');
    await writeFile(sheet, 'negotiation,type,party,issue,stance,occurred\nn,DemandStated,a,b,c,15/02/1990\n');
    const file = join(folder, 'new.db');
    const { code, stderr } = await runHere(['import', sheet, '--declare'], { store: `sqlite:${file}` });
    expect({ code, made: existsSync(file) }).toEqual({ code: 1, made: false });
    expect(stderr.replace(/\s+/g, ' ')).toMatch(/line 2, (column )?occurred.* "15\/02\/1990": .*1990-02-15/);
    expect(widest(stderr)).toBeLessThanOrEqual(80);
  });

  it('says so where it is a folder, whatever its name', async () => {
    const folder = join(await tempFolder(), 'talks.csv');
    await mkdir(folder);
    const { code, stderr } = await runHere(['import', folder], { store: await tempStore() });
    expect({ code, says: stderr.replace(/\s+/g, ' ').includes('is a folder; name a file') }).toEqual({
      code: 2,
      says: true,
    });
  });

  it('says so where there is no file', async () => {
    const absolute = join(await tempFolder(), 'no-such-file.csv');
    for (const [named, place] of [
      ['no-such-file.csv', `no-such-file.csv in ${process.cwd()}`],
      [absolute, absolute],
    ] as const) {
      const { code, stderr } = await runHere(['import', named], { store: await tempStore() });
      // A path may be longer than a line.
      const said = stderr.replace(/\s+/g, '');
      expect({ code, said }).toEqual({ code: 1, said: `demarche: there is no file ${place}`.replaceAll(' ', '') });
    }
  });

  it('tells its progress in plain lines where nothing can be drawn over', async () => {
    const [store, folder] = [await tempStore(), await tempFolder()];
    const rows = Array.from(
      { length: 30_000 },
      (_, row) => `n,DemandStated,party-${row % 9},issue,Words ${row},2024-03-05,p`,
    );
    const sheet = join(folder, 'long.csv');
    await writeFile(sheet, ['negotiation,type,party,issue,stance,occurred,source.publisher', ...rows].join('\n'));
    const { code, stdout, stderr } = await run(['import', sheet, '--declare'], { store });
    expect({ code, says: stdout.includes('30,000 developments read') }).toEqual({ code: 0, says: true });
    // On a machine quick enough there is nothing to tell.
    for (const line of stderr.split('\n').filter((one) => one !== ''))
      expect(line).toMatch(/^(reading: |recording )[\d,]+ /);
    expect(stderr).not.toContain('\x1b');
  });
});

describe('export', () => {
  it.each(['jsonl', 'csv'])('as %s comes back byte for byte', async (format) => {
    const [store, other, folder] = [await tempStore(), await tempStore(), await tempFolder()];
    await recordAt(store, STEPS);
    const first = await run(['export', TALKS, '--format', format], { store });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const file = join(folder, `talks.${format}`);
    await writeFile(file, first.stdout);
    expect(await runJson(['import', file], { store: other })).toMatchObject({ added: 26 });
    expect((await run(['export', TALKS, '--format', format], { store: other })).stdout).toBe(first.stdout);
    // All but when it was recorded, and by whom.
    const logOf = async (of: string) => {
      const logged = await runJson(['log', TALKS], { store: of });
      return JSON.parse(JSON.stringify(logged, (key, value) => (key.startsWith('record') ? undefined : value)));
    };
    expect(await logOf(other)).toEqual(await logOf(store));
  });

  it('writes a file whole, in the format its name says', async () => {
    const [store, folder] = [await tempStore(), await tempFolder()];
    await recordAt(store, STEPS);
    const file = join(folder, 'talks.csv');
    await writeFile(file, 'what was there before');
    expect(await runHere(['export', TALKS, '--out', file], { store })).toMatchObject({ code: 0, stdout: '' });
    expect(await readFile(file, 'utf8')).toBe((await runHere(['export', TALKS, '--format', 'csv'], { store })).stdout);
    expect(await readdir(folder)).toEqual(['talks.csv']);
  });

  it('leaves nothing behind where it cannot write', async () => {
    const [store, folder] = [await tempStore(), await tempFolder()];
    await recordAt(store, STEPS);
    const into = async (out: string) => {
      const { code, stderr } = await runHere(['export', TALKS, '--out', out], { store });
      return [code, stderr.replace(/\s+/g, ' '), await readdir(folder)];
    };
    const nowhere = join(folder, 'no', 'such', 'folder.csv');
    expect(await into(nowhere)).toEqual([1, expect.stringContaining(`there is no folder ${dirname(nowhere)}`), []]);
    expect(await into(folder)).toEqual([1, expect.stringContaining(`${folder} is a folder; name a file`), []]);
  });
});

describe('the template', () => {
  it('imports as it is', async () => {
    const [store, folder] = [await tempStore(), await tempFolder()];
    const file = join(folder, 'template.csv');
    await writeFile(file, (await runHere(['template'])).stdout);
    const { code } = await runHere(['import', file], { store });
    expect(code).toBe(0);
    expect((await runHere(['negotiations'], { store })).stdout).toContain('1 party');
  });
});
