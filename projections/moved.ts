/** What is not as it was between two positions, and which words tell it: for whoever announces a change in a line. */
import type { Beside, Effect, Point, Position } from './answers.ts';

/** A point that is not as it was; null where it was, or is, not in force. */
export interface PointMoved {
  readonly before: Point | null;
  readonly after: Point | null;
}

/** The points that are not as they were, headline first as in the position; those that are gone come last. */
export function pointsMoved(before: Position | null, after: Position | null): readonly PointMoved[] {
  const [earlier, later] = [before?.points ?? [], after?.points ?? []];
  const was = new Map(earlier.map((point) => [point.point, point]));
  const is = new Set(later.map(({ point }) => point));
  return [
    ...later.map((point) => ({ before: was.get(point.point) ?? null, after: point })),
    ...earlier.filter(({ point }) => !is.has(point)).map((point) => ({ before: point, after: null })),
  ].filter((pair) => JSON.stringify(pair.before) !== JSON.stringify(pair.after));
}

/** What stands beside one position and not, in the same words, beside another. */
export function besideOnly(here: Position | null, there: Position | null): readonly Beside[] {
  const known = new Set(there?.beside.map((beside) => JSON.stringify(beside)));
  return (here?.beside ?? []).filter((beside) => !known.has(JSON.stringify(beside)));
}

/** Whether the record was wrong, and not the party that moved. */
export const isAboutRecord = (change: Effect): boolean => change === 'retracted' || change === 'corrected';

/**
 * How a position stands, in a line: by its headline, or by what else is in force.
 * @param words for no position at all, and for a stance whose words are not on record
 */
export function standing(position: Position | null, words: { readonly none: string; readonly unsaid: string }): string {
  switch (position?.status) {
    case undefined:
    case 'none':
      return words.none;
    case 'withdrawn':
      return 'withdrawn';
    case 'held':
      return position.stance ?? position.points.map(({ stance }) => stance ?? words.unsaid).join('; ');
  }
}

/** What stands beside a position, in its words; one that comes without any says what it does to the position. */
export const besideStance = ({ type, stance }: Pick<Beside, 'type' | 'stance'>): string =>
  stance ?? (type === 'PositionWithdrawn' || type === 'DemandDropped' ? 'withdraws it' : 'affirms it');

/** A part of what a change is told by. `other`: the point on the other side of the change; null where it is not in force there. */
export type Told =
  /** words that a party set, affirmed, or that read so now */
  | { readonly kind: 'said'; readonly point: Point; readonly other: Point | null }
  /** words that were withdrawn, retracted or corrected, or given up with the rest */
  | { readonly kind: 'ended'; readonly point: Point; readonly other: Point | null }
  /** words that are in force instead of such */
  | { readonly kind: 'now'; readonly point: Point; readonly other: Point | null }
  /** what came to stand beside the position, or stands there no longer */
  | { readonly kind: 'beside'; readonly beside: Beside; readonly isGone: boolean };

/** The words that a change is about, not those that it left alone. Empty where nothing of the position itself moved. */
export function toldOf({
  change,
  before,
  after,
}: {
  readonly change: Effect;
  readonly before: Position | null;
  readonly after: Position | null;
}): readonly Told[] {
  const moved = pointsMoved(before, after);
  const anew = moved.filter((pair) => pair.before?.stance !== pair.after?.stance);
  const told = (anew.length > 0 ? anew : moved).flatMap((pair) => pointTold(change, pair));
  return told.length > 0 ? told : besides(before, after);
}

const besides = (before: Position | null, after: Position | null): readonly Told[] => [
  ...besideOnly(before, after).map((beside): Told => ({ kind: 'beside', beside, isGone: true })),
  ...besideOnly(after, before).map((beside): Told => ({ kind: 'beside', beside, isGone: false })),
];

function pointTold(change: Effect, { before, after }: PointMoved): readonly Told[] {
  if (!after) return before ? [{ kind: 'ended', point: before, other: null }] : [];
  // What the record had wrong is told with what it says now; a party that moves on is told by its new words.
  if (!isAboutRecord(change) || before?.stance === after.stance) return [{ kind: 'said', point: after, other: before }];
  return [
    ...(before ? [{ kind: 'ended', point: before, other: after } as const] : []),
    { kind: 'now', point: after, other: before },
  ];
}
