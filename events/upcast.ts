/**
 * Old versions of the catalogue, brought up one version at a time, on reading. A stored event is never rewritten.
 * Each step is pure and is proved on a golden file in `tests/events/golden/`.
 */
import { refusal } from './errors.ts';
import { SCHEMA_VERSION } from './fields.ts';

type Written = Readonly<Record<string, unknown>>;
type Step = (written: Written) => Written;

/** From the version that is the key to the next one. */
const STEPS: Readonly<Record<number, Step>> = {
  /** 1, the first draft: `date` became `occurred`; a source was its publisher's name alone. */
  1: ({ date, source, ...rest }) => ({
    ...rest,
    ...(date === undefined ? {} : { occurred: date }),
    ...(source === undefined ? {} : { source: typeof source === 'string' ? { publisher: source } : source }),
  }),
};

/**
 * Brings a development written with any earlier version up to this one; one without a version is of this one.
 * @throws DemarcheError `SCHEMA_VERSION_UNKNOWN` for a version this Demarche does not know
 */
export function upcast(written: Written): Written {
  const { schemaVersion: version = SCHEMA_VERSION } = written;
  if (version === SCHEMA_VERSION) return written;
  const step = typeof version === 'number' ? STEPS[version] : undefined;
  if (!step) {
    const message = `schema version ${String(version)} is not known; this Demarche reads versions 1 to ${SCHEMA_VERSION}`;
    const right = `write a version from 1 to ${SCHEMA_VERSION}`;
    throw refusal('SCHEMA_VERSION_UNKNOWN', { field: 'schemaVersion', value: version, message: right }, message);
  }
  return upcast({ ...brought(step, written), schemaVersion: Number(version) + 1 });
}

/** A correction says what it changes in the names of its own version, and so does a correction of it: each is brought up with it. */
function brought(step: Step, written: Written): Written {
  const next = step(written);
  const { changes } = next;
  return isObject(changes) ? { ...next, changes: brought(step, changes) } : next;
}

const isObject = (value: unknown): value is Written =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
