/** The commands that read, each through a child process on one store. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_ERRORS } from '../../src/cli/errors.ts';
import { openStore } from '../../src/store/open.ts';
import { type ChronicleEntry, type Development, openTracker, type Tracker } from '../../src/tracker/index.ts';
import { eventId } from '../../src/tracker/log/identity.ts';
import {
  MAIN,
  newFolder,
  recordAt,
  removeFolder,
  run,
  runHere,
  runJson,
  tempFolder,
  tempStore,
  widest,
} from './run.ts';
import { STEPS, TALKS } from './talks.ts';

let folder: string;
let store: string;
let tracker: Tracker;
beforeAll(async () => {
  folder = await newFolder();
  store = `sqlite:${join(folder, 'log.db')}`;
  await recordAt(store, STEPS);
  tracker = openTracker({ store: await openStore(store) });
});
afterAll(async () => {
  await tracker.close();
  await removeFolder(folder);
});

/** A development as its log tells it in JSON. */
type Logged = Development & Pick<ChronicleEntry, 'headline' | 'removedBy'> & { readonly status: string | null };

const AS_OF = ['--as-of', '2025-04-15'] as const;

describe('JSON is what the library answers', () => {
  it('for a state through all gates', async () => {
    const gates = [...AS_OF, '--known-on', '2025-04-20', '--recorded-by', '2025-04-30', '--standard', 'all'];
    expect(await runJson(['state', TALKS, ...gates, '--party', 'norway'], { store })).toEqual(
      await tracker.state(TALKS, {
        asOf: '2025-04-15',
        knownOn: '2025-04-20',
        recordedBy: '2025-04-30',
        standard: 'all',
        party: 'norway',
      }),
    );
  });

  it('for a state as then known', async () => {
    expect(await runJson(['state', TALKS, ...AS_OF, '--then'], { store })).toEqual(
      await tracker.state(TALKS, Object.assign({ asOf: '2025-04-15' }, { then: true })),
    );
  });

  it('for a history', async () => {
    const cell = { party: 'norway', issue: 'total-catch' };
    expect(
      await runJson(['history', TALKS, '--party', cell.party, '--issue', cell.issue, ...AS_OF], { store }),
    ).toEqual(await tracker.history(TALKS, cell, { asOf: '2025-04-15' }));
  });

  it('for a difference', async () => {
    const span = { from: '2025-03-25', to: '2025-04-15' };
    const args = ['diff', TALKS, '--from', span.from, '--to', span.to];
    const all = await tracker.diff(TALKS, span);
    expect(await runJson(args, { store })).toEqual(all);
    const ofIceland = all.filter(({ party }) => party === 'iceland');
    expect(all.length).toBeGreaterThan(ofIceland.length);
    expect(ofIceland).not.toEqual([]);
    expect(await runJson([...args, '--party', 'iceland'], { store })).toEqual(ofIceland);
  });

  it('for the log, in its own order and in that of the world', async () => {
    const developments = await tracker.developments(TALKS);
    const logged = await runJson<Logged[]>(['log', TALKS], { store });
    // Each with all its words as they were recorded, and with what became of it, as the order of the world tells.
    for (const [place, development] of developments.entries())
      expect(logged[place]).toMatchObject({ ...development, revision: String(place) });
    const world = (await tracker.chronicle(TALKS)).toSorted((a, b) => Number(a.revision) - Number(b.revision));
    const aboutRecord = ({ type }: Development) => /^Development(?!Denied)/.test(type);
    expect(logged.filter((one) => !aboutRecord(one))).toMatchObject(
      world.map(({ id, status, revision, position, recorded, recorder, headline, first, ...entry }) => {
        const { corrections, corroboratedBy, denials, removedBy } = entry;
        return {
          id,
          status,
          revision,
          position,
          recorded,
          recorder,
          headline,
          first,
          corrections,
          corroboratedBy,
          denials,
          removedBy,
        };
      }),
    );
    expect(new Set(world.map(({ status }) => status))).toEqual(new Set(['stands', 'corrected', 'retracted']));
    const remarks = logged.filter(aboutRecord);
    expect(remarks.length).toBeGreaterThan(1);
    for (const { headline, status, removedBy } of remarks)
      expect({ headline, status, removedBy }).toEqual({
        ...{ headline: expect.stringMatching(/./), status: 'stands', removedBy: null },
      });
    expect(await runJson<Development[]>(['log', TALKS, '--last', '2'], { store })).toEqual(logged.slice(-2));
    expect(await runJson(['log', TALKS, '--order', 'world', ...AS_OF], { store })).toEqual(
      await tracker.chronicle(TALKS, { asOf: '2025-04-15' }),
    );
  });

  it('for the negotiations', async () => {
    expect(await runJson(['negotiations'], { store })).toEqual(await tracker.negotiations());
  });
});

it('says of a negotiation that cannot be read why, beside those that can', async () => {
  const address = await tempStore();
  const half = await openStore(address);
  const type = 'Unheard';
  await half.append('negotiation-later', 'none', [{ id: eventId('later', 'x'), type, data: { type }, metadata: {} }]);
  const one = openTracker({ store: half });
  await one.record({ negotiation: 'sound', type: 'NegotiationOpened', title: 'Sound', timeZone: 'UTC' });
  await one.close();
  const { code, stdout } = await runHere(['negotiations'], { store: address });
  const text = stripVTControlCharacters(stdout).replaceAll(/\s+/g, ' ');
  expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining('sound · Sound 1 development') });
  expect(text).toMatch(/later cannot be read: .*"Unheard".* \(SCHEMA_VERSION_UNKNOWN\)/);
});

describe('text in a pipe', () => {
  it.each([
    ['state', ['state', TALKS, ...AS_OF], 'Norway: At most 280,000 tonnes'],
    ['history', ['history', TALKS, '--party', 'norway', '--issue', 'total-catch'], '1 Apr 2025 · changed (hardened)'],
    ['diff', ['diff', TALKS, '--from', '2025-03-25', '--to', '2025-04-15'], 'Iceland: withdrawn'],
    ['log', ['log', TALKS], 'development retracted · C-2'],
    ['log in the order of the world', ['log', TALKS, '--order', 'world'], 'first recorded: At most 300,000 tonnes'],
    ['negotiations', ['negotiations'], `${TALKS} · Cod quotas`],
    ['verify', ['verify'], 'nothing wrong'],
    ['rebuild', ['rebuild'], `${TALKS}: 26 developments replayed`],
  ])('of %s fits into 80 columns without colour', async (_name, args, words) => {
    const { code, stdout, stderr } = await run(args, { store });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(words);
    expect(stdout).not.toContain('\x1b');
    expect(widest(stdout)).toBeLessThanOrEqual(80);
  });

  it('uses what COLUMNS gives, up to 120', async () => {
    const wide = await runHere(['log', TALKS], { store, env: { COLUMNS: '200' } });
    expect(widest(wide.stdout)).toBeGreaterThan(80);
    expect(widest(wide.stdout)).toBeLessThanOrEqual(120);
  });

  it('ends without a word when the reader has enough', async () => {
    const child = spawn(process.execPath, [MAIN, 'log', TALKS, '--store', store]);
    let stderr = '';
    child.stderr.on('data', (piece: Buffer) => {
      stderr += piece;
    });
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('text on a terminal', () => {
  it('is set off, and says the same', async () => {
    const args = ['state', TALKS, ...AS_OF];
    const [onTerminal, piped] = [await runHere(args, { store, terminal: 80 }), await runHere(args, { store })];
    expect(onTerminal.stdout).toContain('\x1b[1mCod quotas');
    expect(stripVTControlCharacters(onTerminal.stdout)).toBe(piped.stdout);
  });

  it('has no colour under NO_COLOR or on a dumb terminal', async () => {
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }] as Record<string, string>[]) {
      const { stdout } = await runHere(['state', TALKS], { store, terminal: 80, env });
      expect(stdout).not.toContain('\x1b');
    }
  });

  it('fills the terminal, between 40 and 120 columns', async () => {
    const width = async (terminal: number) =>
      widest(stripVTControlCharacters((await runHere(['log', TALKS], { store, terminal })).stdout));
    expect(await width(20)).toBeLessThanOrEqual(40);
    expect(await width(100)).toBeGreaterThan(80);
    expect(await width(300)).toBeLessThanOrEqual(120);
  });
});

describe('a cell', () => {
  it('without a position answers in exactly these words', async () => {
    const { stdout } = await runHere(['state', TALKS, '--party', 'iceland', '--issue', 'fleet'], { store });
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('  Iceland: no stated position on record');
  });
});

describe('errors', () => {
  it.each([
    ['a negotiation that does not exist', ['state', 'cod-quota'], 1, 'did you mean cod-quotas?'],
    ['a party that does not exist', ['state', TALKS, '--party', 'norwey'], 1, 'did you mean norway?'],
    [
      'an issue that does not exist',
      ['history', TALKS, '--party', 'norway', '--issue', 'total-cash'],
      1,
      'total-catch',
    ],
    [
      'a date that cannot be read',
      ['state', TALKS, '--as-of', 'yesterday'],
      1,
      '--as-of "yesterday": this is not a date',
    ],
    ['a command that does not exist', ['stat'], 2, 'Did you mean state?'],
    ['a missing argument', ['state'], 2, 'negotiation'],
    [
      'a comparison backwards',
      ['diff', TALKS, '--from', '2025-04-15', '--to', '2025-03-25'],
      1,
      '--from "2025-04-15": 2025-04-15 lies after 2025-03-25',
    ],
    [
      'a report without its publisher',
      ['record', TALKS, '--type', 'DemandStated', '--party', 'norway', '--stance', 'x', '--source-title', ' '],
      1,
      '--publisher: this field is required --source-title " ": write some words',
    ],
    ['a missing option', ['diff', TALKS, '--from', '2025-01-01'], 2, '--to'],
    ['an unknown option', ['state', TALKS, '--as-off', '2025-01-01'], 2, '--as-of'],
    ['an unknown standard', ['state', TALKS, '--standard', 'lax'], 2, 'strict, stated, all'],
    ['two gates that exclude each other', ['state', TALKS, '--then', '--known-on', '2025-01-01'], 2, '--then'],
    ['gates on the order of the log', ['log', TALKS, '--as-of', '2025-01-01'], 2, '--order world'],
    ['no number', ['log', TALKS, '--last', 'few'], 2, 'whole number'],
    ['no command', [], 2, 'Usage: demarche'],
    [
      'a store that has no scheme',
      ['state', TALKS, '--store', 'log.db'],
      1,
      '--store "log.db": An address such as sqlite:',
    ],
  ])('tell of %s', async (_name, args, expected, words) => {
    const { code, stdout, stderr } = await runHere(args, { store });
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(stderr.replace(/\s+/g, ' ')).toContain(words);
    expect(widest(stderr)).toBeLessThanOrEqual(80);
  });

  it('tell who watches in a terminal that it waits, and nobody else', async () => {
    const told = async (terminal?: number) => {
      const options = terminal === undefined ? { store } : { store, terminal };
      return (await runHere(['watch', TALKS, '--party', 'norwey'], options)).stderr;
    };
    expect(await told(80)).toMatch(/watching cod-quotas \(Ctrl-C stops it\).*\n.*norwey/);
    expect(await told()).toMatch(/^demarche: there is no party "norwey"/);
  });

  it('name the fields of what was piped in as they stand there, where there are several', async () => {
    const drafts = [{ type: 'DemandStated' }, { type: 'DemandStated' }];
    const { stderr } = await runHere(['record', TALKS], { store, stdin: JSON.stringify(drafts) });
    expect(stderr).toContain('[1], source: this field is required');
  });

  it.each([
    [['retract', '--help'], "unknown command 'retract'"],
    [['help', 'stat'], 'Did you mean state?'],
  ])('tell of a command that does not exist, where its help is asked for: %j', async (args, words) => {
    const { code, stdout, stderr } = await runHere(args);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(words) });
    expect(stderr.split('\n').length).toBeLessThan(5);
  });

  it('are JSON with --json, with code, fields, values and suggestions', async () => {
    const { code, stderr } = await runHere(['state', TALKS, '--party', 'norwey', '--json'], { store });
    expect(code).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({
      code: 'CELL_UNKNOWN',
      retryable: false,
      faults: [{ field: 'party', value: 'norwey', suggestion: 'norway' }],
    });
    const usage = await runHere(['state', '--json', '--as-off', 'x'], { store });
    expect(usage.code).toBe(2);
    expect(JSON.parse(usage.stderr)).toMatchObject({ code: 'USAGE', title: COMMAND_ERRORS.USAGE.title });
  });

  it.each([
    ['a port', ['serve', '--port', '65536'], 'Write a port from 0 to 65535'],
    ['an origin', ['serve', '--cors', 'https://a.example', 'b.example'], 'Write a whole web address'],
    ['a server under a path', ['serve', '--url', 'https://a.example/talks'], 'Write https://a.example:'],
    ['a server', ['watch', TALKS, '--url', 'ftp://a.example'], 'Write a whole web address'],
  ])('name %s that is none, and what would be right', async (_, args, right) => {
    const { code, stderr } = await runHere(args);
    expect({ code, stderr: stderr.replace(/\s+/g, ' ') }).toEqual({ code: 2, stderr: expect.stringContaining(right) });
    const inJson = await runHere([...args, '--json']);
    expect(JSON.parse(inJson.stderr)).toMatchObject({ code: 'USAGE', retryable: false, faults: [], more: 0 });
  });

  it('say 3 where the store may answer later', async () => {
    const { code, stderr } = await runHere(['negotiations', '--store', 'esdb://127.0.0.1:9?tls=false'], {});
    expect({ code, says: stderr.includes('STORE_UNAVAILABLE') }).toEqual({ code: 3, says: true });
  });

  it('show control characters of what was typed, and do not send them on', async () => {
    const { stderr } = await runHere(['state', 'x\x1b[2J\x9b1m'], { store });
    expect(stderr).toContain('\\x1b[2J\\x9b1m');
    expect(stderr).not.toMatch(/\p{Cc}(?<!\n)/u);
  });
});

describe('a log that holds control characters, whoever wrote it', () => {
  const NASTY = 'one\x1b[2J\x1b]0;title\x07\x9b31m\u202etwo';
  /** Control characters but for line ends, and those that turn writing around. */
  const HARMFUL = /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

  async function nastyStore(): Promise<string> {
    const address = await tempStore();
    const log = await openStore(address);
    const common = {
      negotiation: 'n',
      schemaVersion: 2,
      source: { publisher: NASTY, title: NASTY, reliability: 'F', credibility: 6 },
    };
    const stance = { occurred: '2025-03-01', party: 'a', issue: 'x', stance: NASTY, attribution: 'narrative' };
    const developments = [
      { ...common, id: 'S-1', type: 'NegotiationOpened', title: NASTY, timeZone: 'UTC' },
      { ...common, id: 'S-2', type: 'PartyJoined', party: 'a', name: NASTY, role: 'principal' },
      { ...common, id: 'S-3', type: 'IssueRaised', issue: 'x', title: NASTY },
      { ...common, ...stance, id: 'R-1', type: 'DemandStated', replaces: 'point', speaker: { name: NASTY } },
    ];
    await log.append(
      'negotiation-n',
      'none',
      developments.map((data) => ({ id: eventId('n', data.id), type: data.type, data, metadata: {} })),
    );
    await log.close();
    return address;
  }

  it('shows them, and sends none of them to the terminal', async () => {
    const nasty = await nastyStore();
    for (const args of [
      ['state', 'n'],
      ['history', 'n', '--party', 'a', '--issue', 'x'],
      ['diff', 'n', '--from', '2025-01-01', '--to', '2025-04-01'],
      ['log', 'n'],
      ['log', 'n', '--order', 'world'],
      ['negotiations'],
      ['verify'],
      ['state', 'n', '--json'],
      ['log', 'n', '--json'],
      ['export', 'n'],
      ['export', 'n', '--format', 'csv'],
    ]) {
      const { stdout, stderr } = await runHere(args, { store: nasty, terminal: 80, env: { TERM: 'dumb' } });
      expect(`${stdout}${stderr}`, args.join(' ')).not.toMatch(HARMFUL);
      expect(stdout.length + stderr.length, args.join(' ')).toBeGreaterThan(10);
    }
    const { stdout } = await runHere(['history', 'n', '--party', 'a', '--issue', 'x'], { store: nasty });
    expect(stdout).toContain('  one\\x1b[2J\\x1b]0;title\\x07\\x9b31m\\u202etwo');
    expect(widest(stdout)).toBeLessThanOrEqual(80);
  });

  it('still says the same in JSON', async () => {
    const state = await runJson<{ title: string }>(['state', 'n'], { store: await nastyStore() });
    expect(state.title).toBe(NASTY);
  });
});

/** The superuser may read and write anywhere; nobody may not, if nobody may read these sources. */
const NOBODY = process.geteuid?.() === 0 ? 65_534 : undefined;
const mayRunHere =
  NOBODY === undefined || spawnSync(process.execPath, [MAIN, '--version'], { uid: NOBODY }).status === 0;

describe.skipIf(process.platform === 'win32' || !mayRunHere)('a store without permission', () => {
  const record = ['record', 'n', '--declare', '--type', 'DemandStated', '--party', 'a', '--issue', 'x'];
  const words = ['--stance', 'Ten boats', '--occurred', '2026-03-01', '--publisher', 'The Gazette'];

  it.each([
    ['read', ['verify'], 0o000, 'log.db: this user has no permission to read it (STORE_ADDRESS_INVALID)'],
    [
      'be begun',
      [...record, ...words],
      undefined,
      'log.db: no log can begin in a folder that cannot be written to (STO',
    ],
  ])('cannot %s, for good and not only now', async (_, args, mode, said) => {
    const folder = await tempFolder();
    if (mode !== undefined) await writeFile(join(folder, 'log.db'), 'x'.repeat(4096), { mode });
    await chmod(folder, 0o555);
    const { code, stderr } = await run(args, { cwd: folder, store: 'sqlite:log.db', ...(NOBODY && { uid: NOBODY }) });
    await chmod(folder, 0o755);
    expect({ code, stderr: stderr.replace(/\s+/g, ' ') }).toEqual({ code: 1, stderr: expect.stringContaining(said) });
  });
});

describe('a store that is not there', () => {
  it.each([['state', TALKS], ['log', TALKS], ['negotiations'], ['verify'], ['rebuild'], ['export', TALKS]])(
    'is not made by reading: %s',
    async (...args) => {
      const missing = join(await tempFolder(), 'nothing.db');
      const { code, stderr } = await runHere(args, { store: `sqlite:${missing}` });
      expect(code).toBe(1);
      expect(stderr.replace(/\s+/g, ' ')).toMatch(
        /there is no log at .*nothing\.db yet; begin one with "demarche record"/,
      );
      expect(existsSync(missing)).toBe(false);
    },
  );

  it('is ./demarche.db unless something else is said', async () => {
    const cwd = await tempFolder();
    const { stderr } = await run(['negotiations'], { cwd });
    // A path may be longer than a line.
    const place = `there is no log at ./demarche.db in ${realpathSync(cwd)} yet`.replaceAll(' ', '');
    expect(stderr.replace(/\s+/g, '')).toContain(place);
    await recordAt(`sqlite:${join(cwd, 'demarche.db')}`, STEPS);
    expect((await run(['negotiations'], { cwd })).stdout).toContain(TALKS);
  });

  it('names the command as it is called in a checkout', async () => {
    const { stderr } = await run(['negotiations'], {
      cwd: await tempFolder(),
      env: { npm_lifecycle_event: 'demarche' },
    });
    expect(stderr.replace(/\s+/g, ' ')).toContain('npm run -s demarche -- record');
  });
});

describe('verify', () => {
  it('counts what it read, by group', async () => {
    const report = await runJson<{ events: number; negotiations: { groups: object }[] }>(['verify'], { store });
    expect(report).toMatchObject({ events: 26, faulty: 0, faults: [] });
    expect(report.negotiations[0]?.groups).toMatchObject({ 'set-up': 9, positions: 8, record: 3 });
  });

  it('exits with 1 and says what is wrong', async () => {
    const broken = await tempStore();
    const log = await openStore(broken);
    await log.append('negotiation-x', 'none', [
      {
        id: '00000000-0000-8000-8000-000000000000',
        type: 'NegotiationOpened',
        data: { id: 'a', negotiation: 'x', type: 'NegotiationOpened', title: 'X' },
        metadata: {},
      },
    ]);
    await log.close();
    const { code, stdout, stderr } = await runHere(['verify'], { store: broken });
    expect({ code, found: stdout.includes('1 fault') }).toEqual({ code: 1, found: true });
    expect(stderr.replace(/\s+/g, ' ')).toContain('is not the id of the event for a');
  });

  it('does not take another file for a log', async () => {
    const path = join(await tempFolder(), 'notes.db');
    await writeFile(path, 'these are notes and not a database, whatever the name says'.repeat(20));
    const { code, stderr } = await runHere(['verify'], { store: `sqlite:${path}` });
    expect({ code, corrupt: stderr.includes('STORE_CORRUPT') }).toEqual({ code: 1, corrupt: true });
  });
});

describe('what needs no store', () => {
  it('prints the JSON Schema of all types', async () => {
    const { code, stdout } = await runHere(['schema']);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { oneOf: unknown[] }).oneOf.length).toBeGreaterThan(30);
  });

  it('breaks the lines of its help between words, where the terminal is narrow', async () => {
    const { stdout } = await runHere(['import', '--help'], { terminal: 60 });
    const [options = ''] = stdout.split('\nExamples:');
    expect(options).toContain('--dry-run');
    expect(widest(options)).toBeLessThanOrEqual(60);
  });

  it('prints its version, and help with examples for every command', async () => {
    expect((await runHere(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const { stdout } = await runHere(['--help']);
    expect(stdout).toContain('Exit codes:');
    expect(widest(stdout)).toBeLessThanOrEqual(80);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[|<| {2})/gm)].flatMap(([, name = '']) =>
      name === 'help' ? [] : [name],
    );
    expect(commands.length).toBeGreaterThanOrEqual(12);
    const helps = await Promise.all(commands.map((command) => runHere([command, '--help'])));
    for (const [index, help] of helps.entries()) {
      expect(help.code, commands[index]).toBe(0);
      expect(help.stdout, commands[index]).toContain('Examples:');
      expect(widest(help.stdout), commands[index]).toBeLessThanOrEqual(80);
    }
  });
});
