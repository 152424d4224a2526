/** The questions of `record`, answered by a script: nothing is written before the last answer. */
import { describe, expect, it } from 'vitest';
import { Interrupted } from '../../src/cli/errors.ts';
import type { Ask, Picked } from '../../src/cli/recording/ask.ts';
import { recordByAsking } from '../../src/cli/recording/dialogue.ts';
import type { Draft } from '../../src/cli/recording/field-options.ts';
import { isComplete } from '../../src/cli/recording/interview.ts';
import { openStore } from '../../src/store/open.ts';
import { openTracker, slugOf, type Tracker } from '../../src/tracker/index.ts';
import { SET_UP, TALKS, TOLD } from './talks.ts';

const NOW = Date.parse('2025-04-25T08:00:00Z');

async function trackerOfTalks(): Promise<Tracker> {
  const tracker = await emptyTracker();
  await tracker.record([...SET_UP, ...TOLD]);
  return tracker;
}

const emptyTracker = async (): Promise<Tracker> =>
  openTracker({ store: await openStore('sqlite::memory:', { clock: () => NOW }), now: () => NOW });

type Answer = string | boolean | readonly string[] | { readonly typed: string } | typeof STOP;
const STOP = Symbol('Ctrl-C');

interface Script {
  readonly ask: Ask;
  readonly asked: string[];
  readonly told: string[];
}

/** Answers each question by the first of the answers whose key begins its message; `undefined` accepts what stands there. */
function script(answers: readonly (readonly [string, Answer | undefined])[]): Script {
  const left = [...answers];
  const asked: string[] = [];
  const told: string[] = [];
  const next = (message: string, initial: Answer | undefined): Answer => {
    asked.push(message);
    const [key, answer] = left.shift() ?? ['nothing more', STOP];
    if (!message.startsWith(key)) throw new Error(`asked "${message}", where the script answers "${key}"`);
    const given = answer ?? initial;
    if (given === STOP) throw new Interrupted('stopped');
    if (given === undefined) throw new Error(`"${message}" has nothing to accept`);
    return given;
  };
  const ask: Ask = {
    async text({ message, initial, optional, check }) {
      const answer = String(next(message, initial ?? (optional ? '' : undefined)));
      const wrong = answer === '' ? undefined : check?.(answer);
      if (wrong !== undefined) throw new Error(`"${answer}" was not accepted: ${wrong}`);
      return answer;
    },
    async pick({ message, choices, orNew }): Promise<Picked> {
      const answer = next(message, choices[0]?.value);
      if (typeof answer === 'object' && 'typed' in answer && orNew) return answer;
      const found = choices.find(({ value, label }) => value === answer || label === answer);
      if (!found)
        throw new Error(
          `"${message}" does not offer ${String(answer)}: ${choices.map(({ label }) => label).join(', ')}`,
        );
      return { known: found.value };
    },
    several: async ({ message }) => next(message, []) as readonly string[],
    confirm: async (message, initial) => next(message, initial) as boolean,
    begin: (title) => void told.push(title),
    tell: (text, title) => void told.push(`${title ?? ''}\n${text}`),
    end: (text) => void told.push(text),
  };
  return { ask, asked, told };
}

const recordWith = (tracker: Tracker, { ask }: Script, given: Draft = {}) =>
  recordByAsking(ask, tracker, given, { now: NOW, by: 'desk' });

const KNOWN_REPORT = 'The Harbour Times · Quotas · 10 Apr 2025';

describe('a development of a negotiation that is known', () => {
  it('takes ten answers, most of them a key or two', async () => {
    const tracker = await trackerOfTalks();
    const dialogue = script([
      ['Which negotiation?', TALKS],
      ['What happened?', 'demand stated'],
      ['When?', '2025-04-24'],
      ['Reported by?', KNOWN_REPORT],
      ['Which party?', 'Iceland'],
      ['Which issue?', 'Size of the fleet'],
      ['Stance?', 'Sixty boats'],
      ['How is it known?', undefined],
      ['Anything more', undefined],
      ['Record this?', undefined],
    ]);
    const { developments } = await recordWith(tracker, dialogue);
    expect(developments).toMatchObject([{ added: true, revision: '23' }]);
    expect((await tracker.developments(TALKS)).at(-1)).toMatchObject({
      type: 'DemandStated',
      occurred: '2025-04-24',
      party: 'iceland',
      issue: 'fleet',
      stance: 'Sixty boats',
      attribution: 'narrative',
      source: { publisher: 'The Harbour Times', title: 'Quotas', published: '2025-04-10' },
    });
    expect(dialogue.told.join('\n')).toContain('Stance: Sixty boats');
  });

  it('asks only for what the options leave open, and offers today', async () => {
    const tracker = await trackerOfTalks();
    const given = { negotiation: TALKS, type: 'DemandReiterated', party: 'norway', issue: 'total-catch' };
    const dialogue = script([
      ['When?', undefined],
      ['Reported by?', { typed: 'Fish Daily' }],
      ['Its title?', undefined],
      ['Its address?', 'https://fish.example/7'],
      ['Published?', undefined],
      ['How is it known?', 'on-record'],
      ['Who said it?', 'A. Berg'],
      ['Anything more', ['speaker.office', 'note']],
      ['Office?', 'Minister'],
      ['Note?', 'Said twice'],
      ['Record this?', true],
    ]);
    await recordWith(tracker, dialogue, given);
    expect((await tracker.developments(TALKS)).at(-1)).toMatchObject({
      occurred: '2025-04-25',
      source: { publisher: 'Fish Daily', url: 'https://fish.example/7', published: '2025-04-25' },
      speaker: { name: 'A. Berg', office: 'Minister' },
      note: 'Said twice',
    });
  });

  it('offers the short names that an import would make', async () => {
    const tracker = await trackerOfTalks();
    const given = {
      negotiation: TALKS,
      type: 'DemandStated',
      stance: 's',
      occurred: '2025-04-24',
      source: { publisher: 'p' },
    };
    const dialogue = script([
      ['Which party?', { typed: 'Łódź' }],
      ['A short name for Łódź?', undefined],
      ['Łódź takes part as?', 'observer'],
      ['Which issue?', { typed: 'Квоти' }],
      ['A short name for Квоти?', undefined],
      ['How is it known?', undefined],
      ['Anything more', undefined],
      ['Record this?', undefined],
    ]);
    await recordWith(tracker, dialogue, given);
    expect((await tracker.developments(TALKS)).at(-1)).toMatchObject({
      party: 'lodz',
      issue: slugOf('Квоти', 'issue'),
    });
  });

  it('says what the party holds before its new words are asked for', async () => {
    const tracker = await trackerOfTalks();
    const given = {
      negotiation: TALKS,
      type: 'DemandStated',
      party: 'norway',
      issue: 'total-catch',
      occurred: '2025-04-24',
      source: { publisher: 'p' },
    };
    const dialogue = script([['Stance?', STOP]]);
    await expect(recordWith(tracker, dialogue, given)).rejects.toThrow(Interrupted);
    expect(dialogue.told.join('\n')).toContain('At most 280,000 tonnes (since 1 Apr 2025)');
    expect(dialogue.told.join('\n')).toContain('inspections-first: Only if inspections are agreed');
  });

  it('asks for a joint statement who makes it, and for a counterpart who says so', async () => {
    const tracker = await trackerOfTalks();
    const given = {
      negotiation: TALKS,
      type: 'PositionStated',
      issue: 'fleet',
      stance: 'Fifty boats',
      occurred: '2025-04-24',
      source: { publisher: 'p' },
    };
    const joint = script([
      ['Which party?', 'several together (a joint statement)'],
      ['Which parties?', ['norway', 'iceland']],
      ['How is it known?', 'counterpart'],
      ['Stated by?', 'Faroe Islands'],
      ['Anything more', undefined],
      ['Record this?', true],
    ]);
    await recordWith(tracker, joint, given);
    expect((await tracker.developments(TALKS)).at(-1)).toMatchObject({
      parties: ['norway', 'iceland'],
      attribution: 'counterpart',
      statedBy: 'faroes',
    });
  });

  it('asks other types for their own fields', async () => {
    const tracker = await trackerOfTalks();
    const dialogue = script([
      ['When?', '2025-04-24'],
      ['Reported by?', KNOWN_REPORT],
      ['Parties?', ['norway', 'iceland']],
      ['Summary?', 'Both crews are home.'],
      ['Exchange?', 'crews'],
      ['Anything more', ['counts']],
      ['Counts?', 'norway=12,iceland=11'],
      ['Record this?', true],
    ]);
    await recordWith(tracker, dialogue, { negotiation: TALKS, type: 'PrisonerExchangeCarriedOut' });
    expect((await tracker.developments(TALKS)).at(-1)).toMatchObject({
      exchange: 'crews',
      counts: { norway: 12, iceland: 11 },
    });
  });

  it('completes the development that is corrected', async () => {
    const tracker = await trackerOfTalks();
    const dialogue = script([
      ['Reported by?', KNOWN_REPORT],
      ['Corrects which development?', 'R-6'],
      ['Changes?', '{"stance":"Inspectors on every third boat"}'],
      ['Anything more', undefined],
      ['Record this?', true],
    ]);
    await recordWith(tracker, dialogue, { negotiation: TALKS, type: 'DevelopmentCorrected' });
    expect((await tracker.developments(TALKS)).at(-1)).toMatchObject({ type: 'DevelopmentCorrected', corrects: 'R-6' });
  });
});

describe('the first development of all', () => {
  const FIRST = [
    ['Which negotiation?', { typed: 'Herring talks' }],
    ['A short name for it?', undefined],
    ['Its time zone?', 'Europe/Oslo'],
    ['What happened?', 'demand stated'],
    ['When?', '2025-04-24'],
    ['Reported by?', { typed: 'Fish Daily' }],
    ['Its title?', undefined],
    ['Its address?', undefined],
    ['Published?', undefined],
    ['Which party?', { typed: 'Færøyene' }],
    ['A short name for Færøyene?', 'faroes'],
    ['Færøyene takes part as?', 'principal'],
    ['Which issue?', { typed: 'Size of nets' }],
    ['A short name for Size of nets?', undefined],
    ['Stance?', 'Nets of one size'],
    ['How is it known?', undefined],
    ['Anything more', undefined],
  ] as const;

  it('opens the negotiation and declares its party and issue, all at once', async () => {
    const tracker = await emptyTracker();
    const { revision } = await recordWith(tracker, script([...FIRST, ['Record this?', true]]));
    expect(revision).toBe('3');
    expect(await tracker.developments('herring-talks')).toMatchObject([
      { type: 'NegotiationOpened', title: 'Herring talks', timeZone: 'Europe/Oslo' },
      { type: 'PartyJoined', party: 'faroes', name: 'Færøyene', role: 'principal' },
      { type: 'IssueRaised', issue: 'size-of-nets', title: 'Size of nets' },
      { type: 'DemandStated', party: 'faroes', issue: 'size-of-nets' },
    ]);
  });

  it.each(FIRST.map(([question], place) => [question, place] as const))(
    'leaves nothing behind when it is stopped at "%s"',
    async (_question, place) => {
      const tracker = await emptyTracker();
      const stopped = script([...FIRST.slice(0, place), [FIRST[place]?.[0] ?? '', STOP]]);
      await expect(recordWith(tracker, stopped)).rejects.toThrow(Interrupted);
      expect(await tracker.negotiations()).toEqual([]);
    },
  );

  it('leaves nothing behind after a last no', async () => {
    const tracker = await emptyTracker();
    await expect(recordWith(tracker, script([...FIRST, ['Record this?', false]]))).rejects.toThrow(Interrupted);
    expect(await tracker.negotiations()).toEqual([]);
  });
});

describe('what was refused', () => {
  it('is asked again, and the rest is kept', async () => {
    const tracker = await trackerOfTalks();
    const given = {
      negotiation: TALKS,
      type: 'DemandStated',
      party: 'norwey',
      issue: 'fleet',
      stance: 'Fifty boats',
      occurred: '2025-05-24',
      source: { publisher: 'p' },
      attribution: 'narrative',
    };
    const dialogue = script([
      ['Anything more', undefined],
      ['When?', '2025-04-24'],
      ['Which party?', 'norway'],
      ['Anything more', undefined],
      ['Record this?', true],
    ]);
    await recordWith(tracker, dialogue, given);
    expect(dialogue.told.join('\n')).toContain('did you mean norway?');
    expect((await tracker.developments(TALKS)).at(-1)).toMatchObject({
      party: 'norway',
      occurred: '2025-04-24',
      stance: 'Fifty boats',
    });
  });
});

describe('what may be on record already', () => {
  const again = {
    negotiation: TALKS,
    type: 'DemandStated',
    party: 'norway',
    issue: 'total-catch',
    stance: 'No more than 280,000 tonnes',
    occurred: '2025-04-01',
    source: { publisher: 'Fish Daily', published: '2025-04-02' },
    attribution: 'narrative',
  };

  it('is pointed out, and can be a further report of that', async () => {
    const tracker = await trackerOfTalks();
    const dialogue = script([
      ['Anything more', undefined],
      ['Is it the same?', 'corroborate'],
      ['Record this?', true],
    ]);
    await recordWith(tracker, dialogue, again);
    expect(dialogue.told.join('\n')).toContain('R-4 · 1 Apr 2025 · demand stated · At most 280,000 tonnes');
    expect((await tracker.developments(TALKS)).at(-1)).toMatchObject({
      type: 'DevelopmentCorroborated',
      corroborates: 'R-4',
      source: { publisher: 'Fish Daily' },
    });
  });

  it('can be another development, or nothing', async () => {
    const tracker = await trackerOfTalks();
    await expect(
      recordWith(
        tracker,
        script([
          ['Anything more', undefined],
          ['Is it the same?', 'stop'],
        ]),
        again,
      ),
    ).rejects.toThrow(Interrupted);
    expect(await tracker.developments(TALKS)).toHaveLength(23);
    await recordWith(
      tracker,
      script([
        ['Anything more', undefined],
        ['Is it the same?', 'other'],
        ['Record this?', true],
      ]),
      again,
    );
    expect((await tracker.developments(TALKS)).at(-1)).toMatchObject({ type: 'DemandStated' });
  });
});

describe('a draft is complete', () => {
  it.each([
    [{}, false],
    [{ negotiation: 'n', type: 'NegotiationOpened' }, false],
    [{ negotiation: 'n', type: 'NegotiationOpened', title: 't' }, true],
    [{ negotiation: 'n', type: 'DemandDropped', occurred: '2025', issue: 'i', source: { publisher: 'p' } }, false],
    [
      {
        negotiation: 'n',
        type: 'DemandDropped',
        occurred: '2025',
        issue: 'i',
        source: { publisher: 'p' },
        parties: ['a'],
      },
      true,
    ],
    [{ negotiation: 'n', type: 'IncidentReported', occurred: '2025', summary: 's', source: { title: 't' } }, false],
    [{ negotiation: 'n', type: 'IncidentReported', occurred: '2025', summary: 's', source: { publisher: 'p' } }, true],
    [{ negotiation: 'n', type: 'Nothing' }, false],
  ])('%j: %s', (draft, complete) => expect(isComplete(draft)).toBe(complete));
});
