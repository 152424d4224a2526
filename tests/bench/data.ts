/** Made-up negotiations of any size, the same for the same seed: ten parties, twenty issues, ten years. */
import type { Development, PositionDevelopment } from '../../events/index.ts';

export const NEGOTIATION = 'bench';
export const PARTIES = Array.from({ length: 10 }, (_, index) => `party-${index}`);
export const ISSUES = Array.from({ length: 20 }, (_, index) => `issue-${index}`);
export const START = Date.UTC(2016, 0, 1);
export const END = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;

/** A development and the moment at which it is recorded. */
export interface Made {
  readonly development: Development;
  readonly recorded: number;
}

export type Random = () => number;

/** Numbers from 0 to 1 that look random (mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** So many developments, recorded evenly over the ten years, each some days after it happened. */
export function* developments(count: number, seed = 1): Generator<Made> {
  const random = randomOf(seed);
  yield* setUp();
  const made = 1 + PARTIES.length + ISSUES.length;
  const past: string[] = [];
  for (let number = made; number < count; number += 1) {
    const recorded = START + Math.floor(((END - START) * (number - made)) / Math.max(1, count - made));
    const development = one(`d-${number}`, recorded, random, past);
    if (past.length < 500) past.push(development.id);
    else past[Math.floor(random() * 500)] = development.id;
    yield { development, recorded };
  }
}

/** Corrections of developments of one cell, recorded after everything else. */
export function* lateCorrections(count: number, targets: readonly string[], from: number): Generator<Made> {
  for (let number = 0; number < count; number += 1) {
    const recorded = END + Math.floor((number * 365 * DAY) / count);
    yield {
      recorded,
      development: {
        ...{ id: `late-${from + number}`, negotiation: NEGOTIATION, type: 'DevelopmentCorrected', schemaVersion: 2 },
        corrects: targets[number % targets.length] as string,
        changes: { stance: `As corrected, for the ${number}th time: ${words(number)}` },
        source: sourceOf(recorded),
      },
    };
  }
}

function* setUp(): Generator<Made> {
  const common = { negotiation: NEGOTIATION, schemaVersion: 2 as const };
  yield {
    recorded: START,
    development: { id: 'open', type: 'NegotiationOpened', title: 'Talks', timeZone: 'UTC', ...common },
  };
  for (const party of PARTIES)
    yield {
      recorded: START,
      development: { id: party, type: 'PartyJoined', party, name: `The ${party}`, role: 'principal', ...common },
    };
  for (const issue of ISSUES)
    yield { recorded: START, development: { id: issue, type: 'IssueRaised', issue, title: issue, ...common } };
}

function one(id: string, recorded: number, random: Random, past: readonly string[]): Development {
  const happened = recorded - random() * random() * 20 * DAY;
  const reported = Math.min(recorded, happened + random() * 3 * DAY);
  const common = { id, negotiation: NEGOTIATION, schemaVersion: 2 as const };
  const kind = random();
  const target = past[Math.floor(random() * past.length)];
  const source = sourceOf(reported);
  if (target !== undefined && kind < 0.02) {
    const changes = { stance: `Put right: ${words(Math.floor(random() * 1e6))}` };
    return { ...common, type: 'DevelopmentCorrected', corrects: target, changes, source };
  }
  if (target !== undefined && kind < 0.025)
    return { ...common, type: 'DevelopmentRetracted', retracts: target, reason: 'It was not so.', source };
  if (target !== undefined && kind < 0.035)
    return { ...common, type: 'DevelopmentCorroborated', corroborates: target, source };
  const occurred = day(happened);
  const party = pick(PARTIES, random);
  if (kind < 0.1)
    return {
      ...common,
      ...{ type: 'StatementIssued', occurred, party, summary: words(Math.floor(random() * 1e6)) },
      ...{ attribution: 'narrative', source },
    };
  return { ...common, ...position(random, party), occurred, source } as PositionDevelopment;
}

function position(random: Random, party: string) {
  const kind = random();
  const graded = random();
  const attribution = graded < 0.45 ? 'on-record' : graded < 0.85 ? 'narrative' : 'unnamed-official';
  const issue = pick(ISSUES, random);
  const at = random() < 0.15 ? { point: `point-${Math.floor(random() * 4)}` } : {};
  const stance = words(Math.floor(random() * 1e6));
  const common = { party, issue, attribution, ...at } as const;
  if (kind < 0.2) return { ...common, type: 'DemandReiterated' };
  if (kind < 0.23) return { ...common, type: 'DemandDropped' };
  if (kind < 0.27) return { ...common, type: 'ConditionAttached', stance, replaces: 'point', point: undefined };
  return {
    ...{ ...common, stance, type: pick(['DemandStated', 'PositionStated', 'ProposalMade'], random) },
    replaces: random() < 0.1 ? 'position' : 'point',
  };
}

const sourceOf = (moment: number) => ({
  publisher: 'The Gazette',
  title: 'What was said at the talks that day',
  url: `https://gazette.example/${day(moment)}/talks`,
  published: day(moment),
  reliability: 'B' as const,
  credibility: 2,
});

const day = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T;

const WORDS = 'we will not accept any terms that leave the line where it lies today unless there is a guarantee'.split(
  ' ',
);

/** A sentence of some hundred characters, different for each number. */
const words = (number: number): string =>
  `${number.toString(36)}: ${Array.from({ length: 18 }, (_, index) => WORDS[(number + index * 7) % WORDS.length]).join(' ')}.`;
