/** Is this on record already, in other words? A guess for people to look at; nothing is refused for it. Pure. */
import { type Development, groupOf, isPosition, parseDevelopment, partiesOf, spanOf } from '../../../events/index.ts';
import { ALIKE, ALIKE_TOLD, APART_MS, likeness, wordsOf } from '../../../projections/alike.ts';
import { headline } from '../../../projections/index.ts';
import type { Draft } from './field-options.ts';

/** What a draft may repeat, likeliest first: of the same kind and parties, about the same thing, at about the same time. */
export function likelyDuplicates(
  draft: Draft,
  developments: readonly Development[],
  timeZone: string,
): readonly Development[] {
  const parsed = parseDevelopment(draft);
  if (!parsed.ok) return [];
  const candidate = parsed.value as Development;
  const { occurred } = candidate;
  if (occurred === undefined || groupOf(candidate.type) === 'record') return [];
  const words = wordsOf(headline(candidate));
  return developments
    .filter((one) => one.id !== candidate.id && isAlike(candidate, one) && isNear(occurred, one.occurred, timeZone))
    .map((one) => ({ one, alike: likeness(words, wordsOf(headline(one))) }))
    .filter(({ one, alike }) => alike >= ALIKE || (one.type === candidate.type && samePoint(candidate, one)))
    .sort((a, b) => b.alike - a.alike)
    .slice(0, ALIKE_TOLD)
    .map(({ one }) => one);
}

function isAlike(a: Development, b: Development): boolean {
  if (groupOf(a.type) !== groupOf(b.type)) return false;
  const [ours, theirs] = [partiesOf(a), partiesOf(b)];
  if (!ours.some((party) => theirs.includes(party)) && ours.length + theirs.length > 0) return false;
  return (['issue', 'round', 'plan', 'exchange', 'agreement', 'document'] as const).every(
    (key) => fieldOf(a, key) === undefined || fieldOf(b, key) === undefined || fieldOf(a, key) === fieldOf(b, key),
  );
}

/** Two points of one position may well be stated on one day; the same point twice is likelier the same thing. */
const samePoint = (a: Development, b: Development): boolean =>
  isPosition(a) && isPosition(b)
    ? a.point === b.point && a.type !== 'ConditionAttached'
    : (['round', 'plan', 'exchange', 'agreement', 'document'] as const).some((key) => fieldOf(a, key) !== undefined);

const fieldOf = (development: Development, key: string): unknown => (development as Draft)[key];

function isNear(occurred: string, other: string | undefined, timeZone: string): boolean {
  if (other === undefined) return false;
  const [a, b] = [spanOf(occurred, timeZone), spanOf(other, timeZone)].map(({ start, end }) => ({
    // "No later than" says most about its end.
    start: Number.isFinite(start) ? start : end,
    end: Number.isFinite(end) ? end : start,
  }));
  return a !== undefined && b !== undefined && a.start - APART_MS <= b.end && b.start - APART_MS <= a.end;
}
