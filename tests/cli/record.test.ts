/** Recording by options, JSON and standard input: every field of the catalogue, declarations, and what may be on record already. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { DemarcheError } from '../../events/index.ts';
import { likelyDuplicates } from '../../src/cli/recording/duplicates.ts';
import { addFieldOptions, draftOf, optionName, setAt } from '../../src/cli/recording/field-options.ts';
import { catalogueFields, type Field } from '../../src/cli/recording/fields.ts';
import { changesBy } from '../../src/cli/recording/recording.ts';
import type { Development, Recording } from '../../src/tracker/index.ts';
import { recordAt, run, runHere, runJson, tempFolder, tempStore } from './run.ts';
import { STEPS, TALKS } from './talks.ts';

const DEMAND = [
  ...['--type', 'DemandStated', '--party', 'norway', '--issue', 'fleet', '--occurred', '2025-04-02'],
  ...['--stance', 'A fleet of forty boats', '--publisher', 'The Harbour Times', '--published', '2025-04-03'],
];

async function storeOfTalks(): Promise<string> {
  const store = await tempStore();
  await recordAt(store, STEPS);
  return store;
}

describe('what one recording did', () => {
  it('is told beside the answer, also where it counts before what it was to end', async () => {
    const store = await tempStore();
    const record = (...own: readonly string[]) =>
      run(['record', 'cod', '--declare', '--party', 'norway', '--issue', 'catch', '--publisher', 'Times', ...own], {
        store,
      });
    const stated = await record('--type', 'DemandStated', '--stance', 'Forty boats', '--occurred', '2026-02');
    expect(stated.stderr).toContain('norway, catch · new: Forty boats\n');
    // Said some time in February: on the 20th it is not certain yet that there was anything to drop.
    const dropped = await record('--type', 'DemandDropped', '--occurred', '2026-02-20');
    expect(dropped.stderr).toContain('norway, catch · withdrawn, in the past only: ');
    expect(dropped.stdout).toMatch(/^recorded \S+ \(revision 4\)\n$/);
    const said = await run(
      [
        'record',
        'cod',
        '--type',
        'StatementIssued',
        '--summary',
        'Said so',
        '--occurred',
        '2026-03-01',
        '--publisher',
        'Times',
      ],
      { store },
    );
    expect(said).toMatchObject({ code: 0, stderr: '' });
  });

  it('is not told where it cannot be read back: it is recorded all the same', async () => {
    const gone = () => Promise.reject(new DemarcheError('STORE_UNAVAILABLE', 'gone'));
    const developments = [{ id: 'R-50', revision: '4', added: true }];
    const told = changesBy({ newestChanges: gone, proceedings: gone }, 'cod', {
      developments,
      position: '5',
      revision: '4',
    });
    expect(await told).toEqual([]);
  });
});

describe('the fields of the catalogue', () => {
  const sample = ({ form }: Field): readonly [string, unknown] => {
    switch (form.kind) {
      case 'text':
        return ['some words', 'some words'];
      case 'choice':
        return [form.choices[0] ?? '', form.choices[0]];
      case 'number':
        return ['3', 3];
      case 'list':
        return form.of === 'names' ? ['a, b', ['a', 'b']] : ['one, two', ['one, two']];
      case 'names':
        return ['a,b', ['a', 'b']];
      case 'counts':
        return ['a=157,b=300+', { a: 157, b: '300+' }];
      case 'json':
        return ['{"a":[1]}', { a: [1] }];
    }
  };

  it.each(catalogueFields().map((field) => [optionName(field.path), field] as const))(
    'can be given as --%s, and arrive in their place',
    (name, field) => {
      const [text, value] = sample(field);
      const command = addFieldOptions(new Command().exitOverride());
      command.parse([`--${name}`, text], { from: 'user' });
      const expected = {};
      setAt(expected, field.path, value);
      expect(draftOf(command.opts())).toEqual(expected);
    },
  );

  it('have options with different names', () => {
    const names = catalogueFields().map(({ path }) => optionName(path));
    expect(new Set(names).size).toBe(names.length);
  });

  it('are all that the help of record knows', async () => {
    const { stdout } = await runHere(['record', '--help']);
    for (const { path } of catalogueFields()) expect(stdout).toContain(`--${optionName(path)} `);
  });
});

describe('record by options', () => {
  it('records one development, in a child process', async () => {
    const store = await storeOfTalks();
    const { code, stdout, stderr } = await run(['record', TALKS, '--id', 'R-50', ...DEMAND, '--by', 'desk'], { store });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'recorded R-50 (revision 26)\n' });
    expect(stderr).toContain('A fleet of forty boats');
    const chronicle = await runJson<{ id: string; recorder: string }[]>(['log', TALKS, '--order', 'world'], { store });
    expect(chronicle.find(({ id }) => id === 'R-50')).toMatchObject({ recorder: 'desk' });
  });

  it('answers in JSON what the library answers', async () => {
    const store = await storeOfTalks();
    const args = ['record', TALKS, '--id', 'R-50', ...DEMAND];
    expect(await runJson<Recording>(args, { store })).toEqual({
      developments: [{ id: 'R-50', revision: '26', added: true }],
      position: '27',
      revision: '26',
    });
    expect(await runJson<Recording>(args, { store })).toMatchObject({ developments: [{ added: false }] });
  });

  it('adds nothing the second time, and says so', async () => {
    const store = await storeOfTalks();
    await runHere(['record', TALKS, ...DEMAND], { store });
    const { code, stdout } = await runHere(['record', TALKS, ...DEMAND], { store });
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/^on record already, nothing added: d-/);
    expect(await runJson<Development[]>(['log', TALKS], { store })).toHaveLength(27);
  });

  it.each([
    ['a party nobody declared', ['--party', 'norwey'], 'did you mean norway?'],
    ['a date in the future', ['--occurred', '2999-01-01'], 'future'],
    ['a date nobody can read', ['--occurred', '15/02/1990'], '1990-02-15'],
    ['a type that does not exist', ['--type', 'DemandState'], 'did you mean DemandStated?'],
    ['an id of another content', ['--id', 'R-1'], 'already used with different content'],
    ['words off the record', ['--attribution', 'off-record'], 'must not publish what endangers a source'],
    ['a choice that is none', ['--shift', 'sideways'], 'write one of hardened, softened, reversed, rescoped'],
  ])('refuses %s, and writes nothing', async (_name, wrong, words) => {
    const store = await storeOfTalks();
    const { code, stderr } = await runHere(['record', TALKS, ...DEMAND, ...wrong], { store });
    expect({ code, says: stderr.replace(/\s+/g, ' ').includes(words) }).toEqual({ code: 1, says: true });
    expect(await runJson<Development[]>(['log', TALKS], { store })).toHaveLength(26);
  });

  it.each([
    ['a typing error', 'cod-quota', 'did you mean cod-quotas? Else open it first'],
    ['a capital', 'Cod-Quotas', 'did you mean cod-quotas? Else write a slug'],
    [
      'another name altogether',
      'peace',
      '"peace": open it first: record a NegotiationOpened with its title; or record',
    ],
  ])('says which negotiation may have been meant by %s', async (_name, written, words) => {
    const { code, stderr } = await runHere(['record', written, ...DEMAND], { store: await storeOfTalks() });
    expect({ code, stderr: stderr.replace(/\s+/g, ' ') }).toEqual({ code: 1, stderr: expect.stringContaining(words) });
  });

  it('says that names can be declared on the way', async () => {
    const store = await storeOfTalks();
    const { stderr } = await runHere(['record', TALKS, ...DEMAND, '--party', 'sweden'], { store });
    expect(stderr.replace(/\s+/g, ' ')).toContain('--party "sweden": no party of this name was declared');
    expect(stderr.replace(/\s+/g, ' ')).toContain('; or record with --declare');
  });

  it('makes no file for what is refused', async () => {
    const file = join(await tempFolder(), 'new.db');
    const { code } = await runHere(['record', TALKS, ...DEMAND], { store: `sqlite:${file}` });
    expect({ code, made: existsSync(file) }).toEqual({ code: 1, made: false });
  });

  it('opens the negotiation and declares names with --declare', async () => {
    const store = await tempStore();
    const joint = DEMAND.flatMap((argument) =>
      argument === '--party' ? ['--parties'] : argument === 'norway' ? ['norway,iceland'] : [argument],
    );
    const { code, stderr } = await runHere(['record', 'new-talks', '--declare', ...joint], { store });
    expect(code).toBe(0);
    expect(stderr.replace(/\s+/g, ' ').trim()).toBe(
      'declared the negotiation new-talks, the party norway, the party iceland, the issue fleet norway, fleet · new: A fleet of forty boats iceland, fleet · new: A fleet of forty boats',
    );
    const developments = await runJson<Development[]>(['log', 'new-talks'], { store });
    expect(developments.map(({ type }) => type)).toEqual([
      'NegotiationOpened',
      'PartyJoined',
      'PartyJoined',
      'IssueRaised',
      'DemandStated',
    ]);
    await runHere(['record', 'new-talks', '--declare', ...DEMAND], { store });
    expect(await runJson<Development[]>(['log', 'new-talks'], { store })).toHaveLength(6);
  });

  it('takes commas or semicolons between ids, as a cell in CSV does', async () => {
    const store = await tempStore();
    const swap = (parties: string) => [
      ...['record', 'new-talks', '--declare', '--type', 'PrisonerExchangeAgreed', '--exchange', 'crews'],
      ...['--occurred', '2025-03-02', '--publisher', 'P', '--summary', 'Home', '--counts', 'norway=12;iceland=10+'],
      ...['--parties', parties],
    ];
    expect((await runHere(swap('norway; iceland,faroes'), { store })).code).toBe(0);
    expect((await runJson<Development[]>(['log', 'new-talks'], { store })).at(-1)).toMatchObject({
      parties: ['norway', 'iceland', 'faroes'],
      counts: { norway: 12, iceland: '10+' },
    });
    const { code, stderr } = await runHere(swap('iceland;Norway'), { store });
    expect([code, stderr.replace(/\s+/g, ' ')]).toEqual([1, expect.stringContaining('"Norway": write a slug')]);
  });

  it('points out what may be on record already, and records it all the same', async () => {
    const store = await storeOfTalks();
    await runHere(['record', TALKS, '--id', 'R-50', ...DEMAND], { store });
    const { code, stderr } = await runHere(
      ['record', TALKS, ...DEMAND, '--stance', 'A fleet of forty boats, no more', '--occurred', '2025-04-03'],
      { store },
    );
    expect(code).toBe(0);
    expect(stderr).toContain('This may be on record already: R-50 · 2 Apr 2025');
    expect(await runJson<Development[]>(['log', TALKS], { store })).toHaveLength(28);
  });

  it('asks nothing where nobody can answer', async () => {
    const { code, stderr } = await run(['record'], { store: await tempStore() });
    expect({ code, says: stderr.includes('nothing to record') }).toEqual({ code: 2, says: true });
  });

  it('does not take a negotiation named twice', async () => {
    const { code, stderr } = await runHere(['record', 'a', '--negotiation', 'b', ...DEMAND]);
    expect({ code, says: stderr.includes('named twice: a and b') }).toEqual({ code: 2, says: true });
  });
});

describe('record by JSON', () => {
  const development = {
    type: 'DemandStated',
    occurred: '2025-04-02',
    party: 'norway',
    issue: 'fleet',
    stance: 'A fleet of forty boats',
    source: { publisher: 'The Harbour Times' },
  };

  it('takes it as the value of --json, completed by options', async () => {
    const store = await storeOfTalks();
    const { code, stdout } = await runHere(
      ['record', TALKS, '--json', JSON.stringify(development), '--id', 'R-50', '--url', 'https://harbour.example/9'],
      { store },
    );
    expect({ code, answer: JSON.parse(stdout) as unknown }).toMatchObject({ code: 0, answer: { revision: '26' } });
    const [recorded] = await runJson<Development[]>(['log', TALKS, '--last', '1'], { store });
    expect(recorded).toMatchObject({
      id: 'R-50',
      stance: development.stance,
      source: { url: 'https://harbour.example/9' },
    });
  });

  it.each([
    ['one object', JSON.stringify(development)],
    ['an array', JSON.stringify([development])],
    ['JSON Lines', `${JSON.stringify(development)}\n${JSON.stringify({ ...development, occurred: '2025-04-03' })}\n`],
  ])('takes %s from standard input, all of it or nothing', async (_name, stdin) => {
    const store = await storeOfTalks();
    expect((await runHere(['record', TALKS, '--json', '-'], { store, stdin })).code).toBe(0);
    const without = await runHere(['record', TALKS], { store, stdin: stdin.replaceAll('norway', 'norwey') });
    expect(without.code).toBe(1);
    const count = stdin.trim().split('\n').length;
    expect(await runJson<Development[]>(['log', TALKS], { store })).toHaveLength(26 + count);
  });

  it('does not record it in another negotiation than it says', async () => {
    const store = await storeOfTalks();
    const stdin = JSON.stringify([development, { ...development, negotiation: 'other' }]);
    const { code, stderr } = await runHere(['record', TALKS, '--json', '-'], { store, stdin });
    expect({ code, error: JSON.parse(stderr) as unknown }).toMatchObject({
      code: 1,
      error: { code: 'DEVELOPMENT_INVALID', faults: [{ index: 1, field: 'negotiation', value: 'other' }] },
    });
    expect(await runJson<Development[]>(['log', TALKS], { store })).toHaveLength(26);
  });

  it.each([
    ['in a field', (nested: string) => `{"type":"DemandStated","stance":${nested}}`],
    ['instead of a development', (nested: string) => nested],
  ])('is refused, nested without end %s', async (_place, wrap) => {
    const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const { code, stderr } = await runHere(['record', TALKS, '--json', '-'], {
      store: await storeOfTalks(),
      stdin: wrap(nested),
    });
    expect({ code, faults: (JSON.parse(stderr) as { faults: unknown[] }).faults.length }).toEqual({
      code: 1,
      faults: 1,
    });
  });

  it('names the line that is no JSON', async () => {
    const { code, stderr } = await runHere(['record', TALKS, '--json', '-'], {
      store: await storeOfTalks(),
      stdin: `${JSON.stringify(development)}\n{"type":\n`,
    });
    expect(code).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({ code: 'REQUEST_INVALID', faults: [{ line: 2, value: '{"type":' }] });
  });
});

describe('what may be on record already', () => {
  const one = (changes: object) =>
    ({
      id: 'R-1',
      negotiation: 'n',
      type: 'DemandStated',
      occurred: '2025-03-01',
      party: 'a',
      issue: 'x',
      stance: 'forty boats at most',
      attribution: 'narrative',
      source: { publisher: 'p' },
      ...changes,
    }) as unknown as Development;
  const draft = (changes: object) => {
    const { id: _, ...content } = one(changes);
    return content;
  };

  it.each([
    ['the same kind on the next day', { occurred: '2025-03-02' }, true],
    ['another kind in like words', { type: 'PositionStated', stance: 'at most forty boats' }, true],
    ['an earlier "no later than"', { occurred: '../2025-03-02' }, true],
    ['a month that contains it', { occurred: '2025-03' }, true],
    ['another kind in other words', { type: 'PositionStated', stance: 'inspectors everywhere' }, false],
    ['another point in other words', { point: 'gear', stance: 'nets of one size' }, false],
    ['another party', { party: 'b' }, false],
    ['another issue', { issue: 'y' }, false],
    ['another week', { occurred: '2025-03-08' }, false],
    ['a draft nobody could record', { occurred: 'someday' }, false],
  ])('%s: %j is %s', (_name, changes, likely) => {
    expect(likelyDuplicates(draft({ stance: 'no more than forty boats', ...changes }), [one({})], 'UTC')).toHaveLength(
      likely ? 1 : 0,
    );
  });
});
