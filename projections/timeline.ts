/**
 * Timelines: what each cell held from each moment at which it changed, so that whoever moves through time need not ask again at every
 * step. At any moment, the last version not later than it is what the state of that moment says.
 */
import { type Entry, isRecord, spanOf } from '../events/index.ts';
import type { CellTimeline, Position, Standard } from './answers.ts';
import { moment } from './moments.ts';
import { byCell, type CellKey, EMPTY_CELL, foldCell, positionOf, step } from './positions.ts';
import { type RecordGates, type Standing, standingRecord } from './record.ts';

type Version = CellTimeline['versions'][number];

/**
 * What a cell held, as known and recorded by the gates; undefined where it was always empty.
 * @param entries everything that ever touched the cell, with all that bears on it, in the order of the log
 */
export function timelineOf(
  entries: readonly Entry[],
  key: CellKey,
  timeZone: string,
  gates: RecordGates,
  standard: Standard,
): CellTimeline | undefined {
  const { standing } = standingRecord(entries, timeZone, gates);
  const own = cellIn(
    standing.filter(({ removedBy }) => removedBy === null),
    key,
  );
  const denied = own.some(({ development }) => development.type === 'DevelopmentDenied');
  return timeline(key, (denied ? foldedVersions : steppedVersions)(key, own, timeZone, standard));
}

/** The same as each moment was known then: `knownOn` follows `asOf`. */
export function timelineThen(
  entries: readonly Entry[],
  key: CellKey,
  timeZone: string,
  recordedBy: number | null,
  standard: Standard,
): CellTimeline | undefined {
  const recorded = recordedBy === null ? entries : entries.filter((entry) => entry.recorded <= recordedBy);
  const at = sightOf(recorded, timeZone);
  return timeline(
    key,
    changesIn(
      momentsOf(recorded, timeZone).map((now): [number, Position | null] => [
        now,
        answerOf(key, cellIn(at(now), key), timeZone, standard),
      ]),
    ),
  );
}

const timeline = ({ party, issue }: CellKey, versions: readonly Version[]): CellTimeline | undefined =>
  versions.length > 0 ? { party, issue, versions: [...versions] } : undefined;

const cellIn = (standing: readonly Standing[], { party, issue }: CellKey): readonly Standing[] =>
  byCell(standing).get(`${party} ${issue}`)?.standing ?? [];

/** Steps through the developments of a cell; those that count from the same moment on are one version. */
function steppedVersions(key: CellKey, standing: readonly Standing[], timeZone: string, standard: Standard): Version[] {
  let cell = EMPTY_CELL;
  return changesIn(
    standing.flatMap(({ development, clocks: { effective } }, index): [number, Position | null][] => {
      cell = step(cell, development as Parameters<typeof step>[1], effective, standard).cell;
      if (standing[index + 1]?.clocks.effective === effective) return [];
      return [[effective, notEmpty(positionOf(key.party, key.issue, cell, timeZone))]];
    }),
  );
}

/** The same, folded anew for each moment: a denial counts only from where what it denies does. */
function foldedVersions(key: CellKey, standing: readonly Standing[], timeZone: string, standard: Standard): Version[] {
  const moments = [...new Set(standing.map(({ clocks }) => clocks.effective))];
  return changesIn(
    moments.map((now): [number, Position | null] => {
      const counted = standing.filter(({ clocks }) => clocks.effective <= now);
      return [now, answerOf(key, cellIn(counted, key), timeZone, standard)];
    }),
  );
}

/** Of what a cell held at some moments, in order, only where it differs from the moment before. */
function changesIn(moments: readonly (readonly [number, Position | null])[]): Version[] {
  let last = 'null';
  return moments.flatMap(([at, position]) => {
    const written = JSON.stringify(position);
    if (written === last) return [];
    last = written;
    return [{ from: moment(at), position }];
  });
}

const answerOf = ({ party, issue }: CellKey, standing: readonly Standing[], timeZone: string, standard: Standard) =>
  notEmpty(positionOf(party, issue, foldCell(standing, standard), timeZone));

const notEmpty = (position: Position): Position | null =>
  position.status === 'none' && position.beside.length === 0 ? null : position;

/** What counted at a moment, as it was known at that moment. Where nothing is about the record, what is known never changes, it only grows. */
function sightOf(family: readonly Entry[], timeZone: string): (now: number) => readonly Standing[] {
  const counted = (standing: readonly Standing[], now: number) =>
    standing.filter(({ clocks, removedBy }) => removedBy === null && clocks.effective <= now && clocks.reported <= now);
  if (family.some(({ development }) => isRecord(development)))
    return (now) => counted(standingRecord(family, timeZone, { knownOn: now, recordedBy: null }).standing, now);
  const { standing } = standingRecord(family, timeZone, { knownOn: null, recordedBy: null });
  return (now) => counted(standing, now);
}

/** Every moment at which what was known of a family, or what counted of it, can have changed: the end of each date in it, and when each was recorded. */
function momentsOf(family: readonly Entry[], timeZone: string): readonly number[] {
  const moments = new Set<number>();
  for (const { development, recorded } of family) {
    moments.add(recorded);
    for (const date of valuesUnder(development, ['occurred', 'published'])) moments.add(spanOf(date, timeZone).end);
  }
  return [...moments].filter(Number.isFinite).sort((a, b) => a - b);
}

/** The texts under some names, at any depth: in what a correction changes as well. */
function valuesUnder(value: unknown, names: readonly string[]): readonly string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]): readonly string[] => {
    if (names.includes(name)) return [inner].flat().filter((one) => typeof one === 'string');
    return valuesUnder(inner, names);
  });
}
