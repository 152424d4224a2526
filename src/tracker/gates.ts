/** Gates as people write them, read into moments. */
import { DemarcheError, type Fault, nearest, readEdtf } from '../../events/index.ts';
import { type Gates, STANDARDS, type Standard, type State } from '../../projections/index.ts';
import { moment } from '../../projections/moments.ts';
import type { NegotiationLog } from './log/log.ts';
import { notOneOf } from './refusals.ts';

/** Every question about a moment takes these. */
export interface View {
  /** counts what had certainly happened by then; default: now */
  readonly asOf?: string | undefined;
  /** counts what the public could know by then; default: no gate, hindsight */
  readonly knownOn?: string | undefined;
  /** counts what was recorded here by then; default: no gate */
  readonly recordedBy?: string | undefined;
  /** short for `knownOn` = `asOf` */
  readonly then?: boolean | undefined;
  readonly standard?: Standard | undefined;
}

export interface DiffView extends Pick<View, 'recordedBy' | 'standard'> {
  readonly from: string;
  /** not before `from` */
  readonly to: string;
  /** each side as it was known at its own date */
  readonly then?: boolean | undefined;
}

export interface ReadView {
  readonly gates: Gates;
  readonly standard: Standard;
  /** what was asked, and which moments it means, for the answer */
  readonly echo: Pick<State, 'asOf' | 'knownOn' | 'recordedBy' | 'standard' | 'gates'>;
}

const VIEW: readonly string[] = ['asOf', 'knownOn', 'recordedBy', 'then', 'standard'] satisfies readonly (keyof View)[];

/**
 * Reads a view in a negotiation's time zone. A bare day, month or year means its end.
 * @param now milliseconds since 1970: what `asOf` means when it is absent
 * @param asOfField what `asOf` is called by whoever asks
 * @throws DemarcheError `GATE_INVALID`, naming each field that is wrong
 */
export function readView(
  view: View,
  timeZone: string,
  now: number,
  asOfField: 'asOf' | keyof DiffView = 'asOf',
): ReadView {
  const faults: Fault[] = [];
  // Without types, a gate may be misspelt: passed over, it would answer for another moment.
  for (const field in view) if (!VIEW.includes(field)) faults.push(notAGate(field));
  const read = (field: 'asOf' | 'knownOn' | 'recordedBy'): number | null => {
    const text = view[field];
    if (text === undefined) return null;
    const moment = readMoment(text, timeZone);
    if (typeof moment === 'number') return moment;
    faults.push({ field: field === 'asOf' ? asOfField : field, value: text, message: moment.message });
    return null;
  };
  const [asOf, knownOn, recordedBy] = [read('asOf'), read('knownOn'), read('recordedBy')];
  if (view.then && view.knownOn !== undefined)
    faults.push({
      field: 'then',
      value: true,
      message: 'give either "then" or "knownOn": then is short for knownOn = asOf',
    });
  const { standard = 'stated' } = view;
  if (!STANDARDS.includes(standard)) faults.push(notOneOf('standard', standard, STANDARDS));
  if (faults.length > 0) throw refused(faults);
  const gates: Gates = { asOf: asOf ?? now, knownOn: view.then ? (asOf ?? now) : knownOn, recordedBy };
  const asked = view.asOf ?? moment(now);
  return {
    gates,
    standard,
    echo: {
      asOf: asked,
      knownOn: view.then ? asked : (view.knownOn ?? null),
      recordedBy: view.recordedBy ?? null,
      standard,
      gates: {
        timeZone,
        asOf: moment(gates.asOf),
        knownOn: gates.knownOn === null ? null : moment(gates.knownOn),
        recordedBy: recordedBy === null ? null : moment(recordedBy),
      },
    },
  };
}

/**
 * Reads the two sides of a comparison, each as a view of its own moment.
 * @param now as for `readView`
 * @throws DemarcheError `GATE_INVALID`, naming each field that is wrong, and both moments where the first lies after the second
 */
export function readSpan(
  { from, to, ...rest }: DiffView,
  timeZone: string,
  now: number,
): { readonly before: ReadView; readonly after: ReadView } {
  // Without types, one may be left out; it does not mean now, as in a view.
  const missing = Object.entries({ from, to }).filter(([, value]) => value === undefined);
  if (missing.length > 0) throw refused(missing.map(([field]) => ({ field, message: `is missing; ${FORMS}` })));
  const before = readView({ ...rest, asOf: from }, timeZone, now, 'from');
  const after = readView({ ...rest, asOf: to }, timeZone, now, 'to');
  if (before.gates.asOf > after.gates.asOf)
    throw refused([
      { field: 'from', value: from, message: `${from} lies after ${to}; write the earlier moment here` },
      { field: 'to', value: to, message: `${to} lies before ${from}; write the later moment here` },
    ]);
  return { before, after };
}

const refused = (faults: readonly Fault[]): DemarcheError =>
  new DemarcheError('GATE_INVALID', faults.map(({ field, message }) => `${field}: ${message}`).join('; '), { faults });

function notAGate(field: string): Fault {
  const suggestion = nearest(field, VIEW);
  return suggestion === undefined
    ? { field, message: `there is nothing of this name to ask by; there are ${VIEW.join(', ')}` }
    : { field, message: `there is nothing of this name to ask by; did you mean ${suggestion}?`, suggestion };
}

const FORMS = 'write a day (2026-02-26, meaning its end), or a moment with its offset (2026-02-26T14:05:00Z)';

function readMoment(text: unknown, timeZone: string): number | { readonly message: string } {
  if (typeof text !== 'string') return { message: `it is not text; ${FORMS}` };
  const reading = readEdtf(text, timeZone);
  if (!reading.ok) return { message: `${reading.why}; ${FORMS}` };
  return text.includes('/') ? { message: `a gate is one moment, not an interval; ${FORMS}` } : reading.span.end;
}

/** "As of now" is never before the last recording: the current state is all that is on record. */
export const latest = ({ last }: Pick<NegotiationLog, 'last'>, now: number): number =>
  Math.max(now, last?.recorded ?? now);
