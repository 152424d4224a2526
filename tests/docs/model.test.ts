/** docs/model.md to the letter: its tables are those of the catalogue, and its examples are answered as they stand there. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEVELOPMENT_TYPES, groupOf, SCHEMAS } from '../../events/catalogue.ts';
import { parseDevelopment } from '../../events/index.ts';
import { runHere, tempFolder } from '../cli/run.ts';
import { EXAMPLES, GROUND } from '../support/examples.ts';
import { NEGOTIATION, openTestTracker } from '../support/tracker.ts';
import { model } from './catalogue-tables.ts';
import { TYPES } from './catalogue-words.ts';
import { argumentsOf, shownIn } from './shown.ts';

const MODEL = new URL('../../docs/model.md', import.meta.url);

/** What is to be done, in the order of the page. */
const STEPS =
  /^```json\n(?<recorded>.*?)^```|^```text\n(?<shown>.*?)^```|^```jsonc\n(?<answer>.*?)^```|^`(?<asked>demarche [^`\n]*)`$/gms;

describe('the model', () => {
  it('has the types and fields of the catalogue, as they stand (npm run readme writes them)', () => {
    const { written, due } = model();
    expect(written).toBe(due);
  });

  it('says "party or parties" of the types that take either, and of no others', () => {
    for (const [type, { shape }] of SCHEMAS) {
      const refused = parseDevelopment({ type, negotiation: 'talks' });
      const either = !refused.ok && refused.faults.some(({ message }) => message.startsWith('name either one party'));
      expect({ type, either }).toEqual({ type, either: 'party' in shape && 'parties' in shape });
    }
  });

  it.each(DEVELOPMENT_TYPES.filter((type) => type !== 'NegotiationOpened'))(
    'says of %s what state it leaves a round, an exchange or an agreement in, and whether it sets a position',
    async (type) => {
      await using talks = openTestTracker('2026-03-01T12:00:00Z');
      await talks.tracker.record([...GROUND, EXAMPLES[type].full]);
      const { rounds, exchanges, agreements, positions } = await talks.tracker.state(NEGOTIATION, {
        asOf: '2026-02-12',
      });
      if (type !== 'DelegationNamed')
        for (const { status } of [...rounds, ...exchanges, ...agreements])
          expect(TYPES[type].does).toContain(`\`${status}\``);
      expect({ type, sets: positions.length > 0 }).toEqual({ type, sets: groupOf(type) === 'positions' });
    },
  );

  it('has examples that are answered as they stand there', async () => {
    const folder = await tempFolder();
    const store = `sqlite:${join(folder, 'demarche.db')}`;
    const done = { recorded: 0, shown: 0, answers: 0 };
    let asked: readonly string[] = [];
    for (const { groups } of (await readFile(MODEL, 'utf8')).matchAll(STEPS)) {
      if (groups?.recorded) {
        const lines = [JSON.parse(groups.recorded) as unknown].flat().map((one) => JSON.stringify(one));
        const file = join(folder, 'recorded.jsonl');
        await writeFile(file, lines.join('\n'));
        expect(await runHere(['import', file], { store })).toMatchObject({ code: 0 });
        done.recorded += lines.length;
      }
      for (const { args, printed } of shownIn(groups?.shown ?? '')) {
        expect((await runHere(args, { store })).stdout).toMatch(printed);
        done.shown += 1;
      }
      asked = groups?.asked ? (argumentsOf(groups.asked) ?? []) : asked;
      if (groups?.answer) {
        expect(JSON.parse((await runHere(asked, { store })).stdout)).toEqual(withoutNotes(groups.answer));
        done.answers += 1;
      }
    }
    expect(done.recorded).toBeGreaterThanOrEqual(20);
    expect(done.shown).toBeGreaterThanOrEqual(12);
    expect(done.answers).toBe(1);
  });
});

/** JSON with what is said of it at the ends of lines taken away. */
const withoutNotes = (text: string): unknown => JSON.parse(text.replace(/\s+\/\/ .*$/gm, ''));
