/** What follows from the log: pure folds. Imports events. */
export * from './answers.ts';
export { headline } from './chronicle.ts';
export type { CellKey } from './positions.ts';
export type { Gates } from './record.ts';
export {
  type Filter,
  historyFrom,
  isAsked,
  type Replayed,
  replay,
  replayChronicle,
  replayDifference,
  replayHistory,
  replayLog,
  timeZoneOf,
  titleOf,
} from './replay.ts';
export { type Versions, versionsOf, versionsThen } from './timeline.ts';
