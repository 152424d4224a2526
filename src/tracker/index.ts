/** The library: `openTracker` on a store, and the types of what it takes and answers. */

export { DemarcheError, ERRORS, type ErrorCode, type Fault } from '../../events/errors.ts';
export type { Development, DevelopmentInput, DevelopmentType } from '../../events/index.ts';
export type * from '../../projections/answers.ts';
export type { ChangeQuery, NegotiationSummary, Tracker, TrackerOptions } from './api.ts';
export type { DiffView, View } from './gates.ts';
export type { Following } from './log/follower.ts';
export { type Say, type Snapshots, snapshotFolder, snapshotsIn } from './log/snapshot.ts';
export type { Excerpt } from './reader.ts';
export type { Recording } from './recording/recorder.ts';
export type { Checked, Rehearsal } from './recording/rehearsal.ts';
export { slugOf } from './recording/slugs.ts';
export type { StateText } from './text/state-text.ts';
export { openTracker } from './tracker.ts';
