/** What answers rest on is made anew, and held to what the log says. */
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { type DevelopmentInput, snapshotFolder, snapshotsIn } from '../../src/tracker/index.ts';
import { recordAt, runHere, runJson, tempStore, widest } from './run.ts';

const COUNT = 2_100;
const common = { negotiation: 'strait', source: { publisher: 'The Gazette' } };
const OPENING: readonly DevelopmentInput[] = [
  { negotiation: 'strait', type: 'NegotiationOpened', title: 'The strait' },
  { negotiation: 'strait', type: 'PartyJoined', party: 'north', name: 'North', role: 'principal' },
  { negotiation: 'strait', type: 'IssueRaised', issue: 'fishing', title: 'Fishing' },
];
const demand = (number: number): DevelopmentInput => ({
  ...{ ...common, id: `d-${number}`, type: 'DemandStated', occurred: '2026-02-10' },
  ...{ party: 'north', issue: 'fishing', stance: `Demand ${number}.` },
});
const other: DevelopmentInput = { negotiation: 'forest', type: 'NegotiationOpened', title: 'The forest' };

let store: string;
const folder = () => snapshotFolder(store) ?? '';
const snapshots = () => readdir(folder());
const snapshotFile = async () => join(folder(), (await snapshots()).find((name) => name.includes('strait')) ?? '');
const unfolded = (text: string) => text.replaceAll(/\s+/g, ' ');

beforeEach(async () => {
  store = await tempStore();
  const demands = Array.from({ length: COUNT }, (_, number) => demand(number));
  await recordAt(store, [
    { at: '2026-03-01T12:00:00Z', developments: [...OPENING, ...demands] },
    { at: '2026-03-01T12:00:00Z', developments: [other] },
  ]);
});

/** Puts the snapshot of the log there in whose index one development is not seen. */
async function putWrongSnapshot(): Promise<void> {
  const kept = snapshotsIn(folder(), () => undefined);
  const snapshot = await kept.load('negotiation-strait');
  if (!snapshot) throw new Error('there is no snapshot');
  const place = { parties: ['north'], issue: 'fishing', point: 'main', ownPoint: false };
  snapshot.index.parts.cells.remove(snapshot.index.size - 1, place);
  await kept.save('negotiation-strait', snapshot);
}

describe('a command on a log in SQLite', () => {
  it('leaves a snapshot beside a log that is long enough, and starts from it', async () => {
    const question = ['state', 'strait', '--as-of', '2026-03-01'];
    const truth = await runJson(question, { store });
    await runJson(['state', 'forest'], { store });
    expect(await snapshots()).toEqual([expect.stringContaining('strait')]);
    expect(await runJson(question, { store })).toEqual(truth);
    await putWrongSnapshot();
    expect(await runJson(question, { store })).not.toEqual(truth);
    expect(await runJson([...question, '--no-snapshots'], { store })).toEqual(truth);
  });

  it('leaves none where it is told not to', async () => {
    await runJson(['state', 'strait', '--no-snapshots'], { store });
    expect(existsSync(folder())).toBe(false);
  });

  it('says once that it cannot, and answers all the same', async () => {
    await writeFile(folder(), 'a file where the folder should be');
    const { code, stderr, stdout } = await runHere(['state', 'strait'], { store });
    expect(code).toBe(0);
    expect(stderr.match(/no snapshot was written/g)).toHaveLength(1);
    expect(stdout).toContain('Demand');
  });

  it('says that it throws away a snapshot that is damaged, and answers the same', async () => {
    const { stdout } = await runHere(['state', 'strait', '--as-of', '2026-03-01'], { store });
    const bytes = await readFile(await snapshotFile());
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 9) ^ 1, bytes.length - 9);
    await writeFile(await snapshotFile(), bytes);
    const again = await runHere(['state', 'strait', '--as-of', '2026-03-01'], { store });
    expect(again.stdout).toBe(stdout);
    expect(unfolded(again.stderr)).toContain('is thrown away: it is damaged');
  });
});

describe('demarche rebuild', () => {
  it('replays every negotiation, and writes snapshots where they save anything', async () => {
    const { code, stdout, stderr } = await runHere(['rebuild'], { store });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^forest: 1 development replayed in .* s, 0 cells\n/);
    expect(stdout).toContain('strait: 2,103 developments replayed');
    expect(await snapshots()).toEqual([expect.stringContaining('strait')]);
  });

  it('puts a snapshot right that was wrong', async () => {
    const truth = await runJson(['state', 'strait', '--as-of', '2026-03-01'], { store });
    await putWrongSnapshot();
    expect(await runJson(['state', 'strait', '--as-of', '2026-03-01'], { store })).not.toEqual(truth);
    await runJson(['rebuild', '--negotiation', 'strait'], { store });
    expect(await runJson(['state', 'strait', '--as-of', '2026-03-01'], { store })).toEqual(truth);
  });

  it('names a negotiation that is not there', async () => {
    const { code, stderr } = await runHere(['rebuild', '--negotiation', 'strat'], { store });
    expect(code).toBe(1);
    expect(stderr).toContain('did you mean strait?');
  });
});

describe('demarche rebuild --check', () => {
  it('tells for each negotiation that it is the same, from digests and from a snapshot, and writes nothing', async () => {
    const results = [
      { negotiation: 'forest', developments: 1, same: true },
      { negotiation: 'strait', developments: COUNT + OPENING.length, same: true },
    ];
    expect(await runJson(['rebuild', '--check'], { store })).toMatchObject(results);
    expect(existsSync(folder())).toBe(false);
    await runJson(['state', 'strait'], { store });
    const before = await readFile(await snapshotFile());
    expect(await runJson(['rebuild', '--check'], { store })).toMatchObject(results);
    expect(await readFile(await snapshotFile())).toEqual(before);
    const { stdout } = await runHere(['rebuild', '--check', '--negotiation', 'strait'], { store });
    expect(stdout).toBe('strait: 2,103 developments made afresh: the same\n');
    expect(widest(stdout)).toBeLessThanOrEqual(80);
  });

  it('exits with 1 where what is kept is not what the log says, and says what to do', async () => {
    await runJson(['state', 'strait'], { store });
    await putWrongSnapshot();
    const { code, stdout, stderr } = await runHere(['rebuild', '--check'], { store });
    expect(code).toBe(1);
    expect(stdout).toContain('strait: 2,103 developments made afresh: NOT the same');
    expect(unfolded(stderr)).toContain('what is kept of strait is not what the log says. Run "demarche rebuild"');
    await runHere(['rebuild'], { store });
    expect((await runHere(['rebuild', '--check'], { store })).code).toBe(0);
  });

  it('finds a digest that is not that of its event, as verify does', async () => {
    const place = await tempStore();
    const [from, to] = [await openStore(store), await openStore(place)];
    const events = await Array.fromAsync(from.readStream('negotiation-strait', { limit: 50 }), (event) =>
      event.revision === 20n ? { ...event, digest: (event.digest ?? '').replace('fishing', 'finding') } : event,
    );
    await to.append('negotiation-strait', 'none', events);
    await Promise.all([from.close(), to.close()]);
    const check = await runHere(['rebuild', '--check', '--json'], { store: place });
    expect({ code: check.code, same: JSON.parse(check.stdout)[0].same }).toEqual({ code: 1, same: false });
    const verified = await runHere(['verify'], { store: place });
    expect(verified.code).toBe(1);
    expect(unfolded(verified.stderr)).toContain('revision 20, digest');
  });
});
