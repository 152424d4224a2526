/** A property says nothing about what its stories never tell: this counts what they do tell. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isRecord } from '../../events/index.ts';
import { standingRecord } from '../../projections/record.ts';
import { momentsOf } from '../projections/judge.ts';
import { oracle, oracleRecord } from '../projections/oracle.ts';
import { type Recorded, recordSteps, writeSteps } from './recording.ts';
import { type Story, story, told } from './stories.ts';

const STORIES = 150;

/** What a recorded story holds, by name. */
function tellingsOf({ entries, refused }: Recorded, { setting, drafts }: Story): readonly string[] {
  const byId = new Map(entries.map(({ development }) => [development.id, development]));
  const hindsight = { knownOn: null, recordedBy: null };
  const { remarks } = oracleRecord(entries, hindsight);
  const moments = momentsOf({ entries }, setting.timeZone);
  const states = moments.map((asOf) => oracle(entries, { ...hindsight, asOf }, 'stated'));
  const cells = states.flatMap(({ positions }) => positions);
  const found: string[] = [];
  const tell = (name: string, happened: boolean) => happened && found.push(name);
  const all = entries.map(({ development }) => development);
  for (const one of all) {
    if (one.type === 'DevelopmentCorrected')
      tell(`a correction of a ${isRecord(byId.get(one.corrects) ?? one) ? 'remark' : 'development'}`, true);
    if (one.type === 'DevelopmentRetracted')
      tell(
        `a retraction of a ${byId.get(one.retracts)?.type === 'DevelopmentRetracted' ? 'retraction' : 'development'}`,
        true,
      );
    if ('parties' in one && one.parties) tell('a joint statement', true);
    if ('occurred' in one && one.occurred?.includes('/')) tell('an interval', true);
  }
  tell(
    'a merge in effect',
    remarks.some(({ development }) => development.type === 'DevelopmentMerged'),
  );
  tell(
    'a corroboration in effect',
    remarks.some(({ development }) => development.type === 'DevelopmentCorroborated'),
  );
  tell(
    'a denial beside',
    cells.some(({ beside }) => beside.some(({ type }) => type === 'DevelopmentDenied')),
  );
  tell(
    'a denial of what is no position',
    states.some(({ listed }) => listed.some(({ beside }) => beside.length > 0)),
  );
  tell(
    'a leak beside',
    cells.some(({ beside }) => beside.some(({ attribution }) => attribution === 'anonymous')),
  );
  tell(
    'a withdrawn position',
    cells.some(({ status }) => status === 'withdrawn'),
  );
  tell(
    'two points',
    cells.some(({ points }) => points.length > 1),
  );
  tell(
    'the same words again',
    cells.some(({ points }) =>
      points.some(({ lastAffirmed, since, timesReiterated }) => lastAffirmed > since && timesReiterated === 0),
    ),
  );
  tell(
    'a reiteration',
    cells.some(({ points }) => points.some(({ timesReiterated }) => timesReiterated > 0)),
  );
  tell(
    'something possible',
    states.some(({ possiblyByThen }) => possiblyByThen.length > 0),
  );
  tell(
    'a clock that stepped back',
    drafts.some(({ wait }) => wait < 0),
  );
  tell('a refusal', refused.length > 0);
  return found;
}

/** What only a log holds that no tracker would have recorded. */
const leftOutOf = ({ entries }: Recorded, { setting: { timeZone } }: Story): readonly string[] =>
  standingRecord(entries, timeZone, { knownOn: null, recordedBy: null }).leftOut.size > 0
    ? ['a correction that leaves nothing whole']
    : [];

it('random stories tell of everything that the rules speak of', async () => {
  const counts = new Map<string, number>();
  for (const one of fc.sample(story(), { numRuns: STORIES, seed: 20_260_226 })) {
    await using recorded = await recordSteps(told(one));
    await using written = await writeSteps(told(one));
    const tellings = [...tellingsOf(recorded, one), ...leftOutOf(written, one)];
    for (const name of new Set(tellings)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const name of [
    ...[
      'a correction of a remark',
      'a correction of a development',
      'a retraction of a retraction',
      'a retraction of a development',
    ],
    ...[
      'a joint statement',
      'an interval',
      'a merge in effect',
      'a corroboration in effect',
      'a denial beside',
      'a denial of what is no position',
      'a leak beside',
    ],
    ...['a withdrawn position', 'two points', 'the same words again', 'a reiteration', 'something possible'],
    ...['a clock that stepped back', 'a refusal', 'a correction that leaves nothing whole'],
  ])
    expect(counts.get(name) ?? 0, name).toBeGreaterThan(STORIES / 30);
});
