/** Sayings: all that was put on record of one development, by itself and by what corrects or retracts it, however that ended. */
import type { Development, DevelopmentOf } from '../events/index.ts';
import { corrected } from './corrected.ts';
import type { Remark, Standing } from './record.ts';

/** `stands`: nothing was said since. Not only of developments: corrections and retractions are themselves corrected and retracted. */
type Fate = 'stands' | 'corrected' | 'retracted';

/** A development as it reads after one event of the log. */
export interface Version {
  readonly kind: 'version';
  /** itself, or what corrects it, or what corrects that */
  readonly by: Standing;
  readonly development: Development;
  readonly fate: Fate;
}

/** A retraction, of the development or of something that was said of it. */
export interface TakenBack {
  readonly kind: 'taken back';
  /** the retraction, or what corrects it */
  readonly by: Standing;
  readonly retraction: DevelopmentOf<'DevelopmentRetracted'>;
  readonly fate: Fate;
}

export type Saying = Version | TakenBack;

/**
 * One an event of the log, in the order in which they count: first what was recorded, then each remark on it, followed by what was said
 * of that remark. A correction that was taken back has the words that it left while it held.
 */
export function sayingsOf(one: Standing): readonly Saying[] {
  const carried: ReadonlySet<Remark> = new Set(one.corrections);
  let before = one.entry.development;
  const sayings: Saying[] = [{ kind: 'version', by: one, development: before, fate: 'stands' }];
  for (const remark of one.remarks) {
    const { development, removedBy } = remark;
    if (development.type === 'DevelopmentRetracted') sayings.push(...sayingsOf(remark).flatMap(takingBack));
    if (development.type !== 'DevelopmentCorrected') continue;
    // What leaves no whole development is not shown as if it held.
    if (removedBy === null && !carried.has(remark)) continue;
    sayings.push(...sayingsOf(remark).flatMap((saying) => applied(before, saying)));
    if (removedBy === null) before = corrected(before, development) ?? before;
  }
  return settled(sayings, one.removedBy === null ? 'stands' : 'retracted');
}

/** What is said of a retraction takes back what that retracts; what was something else until it was corrected did not. */
function takingBack(saying: Saying): readonly Saying[] {
  if (saying.kind === 'taken back') return [saying];
  const { by, development, fate } = saying;
  return development.type === 'DevelopmentRetracted' ? [{ kind: 'taken back', by, retraction: development, fate }] : [];
}

/** What a correction says, as what it corrects then reads. */
function applied(before: Development, saying: Saying): readonly Saying[] {
  if (saying.kind === 'taken back') return [saying];
  if (saying.development.type !== 'DevelopmentCorrected') return [];
  const development = corrected(before, saying.development);
  return development ? [{ ...saying, development }] : [];
}

/** Of the versions that nothing was said of since, the last is how it reads; those before it were corrected. */
function settled(sayings: readonly Saying[], last: Fate): readonly Saying[] {
  const isOpen = ({ kind, fate }: Saying) => kind === 'version' && fate === 'stands';
  const end = sayings.findLastIndex(isOpen);
  return sayings.map((saying, index) =>
    isOpen(saying) ? { ...saying, fate: index === end ? last : 'corrected' } : saying,
  );
}
