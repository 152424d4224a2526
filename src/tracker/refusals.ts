/** What is refused, by name: what is asked for and is not there, and what is not to be recorded. */
import { DemarcheError, ERRORS, type ErrorCode, type Fault, nearest, refusal } from '../../events/index.ts';
import { type CellKey, EFFECTS, type Effect, type Filter, STANDARDS, type Standard } from '../../projections/index.ts';
import type { EventStore } from '../store/port.ts';
import type { NegotiationLog } from './log/log.ts';

/** Nothing is recorded, for these faults: under the code they share, or as an invalid development where they differ. */
export function notRecorded(faults: readonly Fault[], of: number): DemarcheError {
  const codes = new Set(faults.map(({ code }) => code ?? 'DEVELOPMENT_INVALID'));
  const [first = 'DEVELOPMENT_INVALID'] = codes;
  const code = codes.size === 1 ? first : 'DEVELOPMENT_INVALID';
  const details = faults.slice(0, 5).map(({ index, field, message }) => {
    const place = [index === undefined ? '' : `[${index}]`, field].filter((part) => part !== '').join(' ');
    return place === '' ? message : `${place}: ${message}`;
  });
  const rest = faults.length > 5 ? `; and ${faults.length - 5} more` : '';
  return new DemarcheError(
    code,
    `${ERRORS[code].title}${of > 1 ? ', so nothing was recorded' : ''}. ${details.join('; ')}${rest}`,
    { faults },
  );
}

/** Nobody reads the hundredth name. */
const LISTED = 20;

function listed(names: readonly string[]): string {
  const rest = names.length - LISTED;
  return `${names.slice(0, LISTED).join(', ')}${rest > 0 ? ` and ${rest.toLocaleString('en')} more` : ''}`;
}

/** @param names of those that are on record */
export function unknownNegotiation(names: readonly string[], negotiation: string): DemarcheError {
  const suggestion = nearest(negotiation, names);
  const message = suggestion
    ? `there is no negotiation "${negotiation}"; did you mean ${suggestion}?`
    : `there is no negotiation "${negotiation}"; ${names.length > 0 ? `on record: ${listed(names)}` : 'nothing is on record yet'}`;
  const fault = { field: 'negotiation', value: negotiation, message };
  return refusal('NEGOTIATION_UNKNOWN', suggestion === undefined ? fault : { ...fault, suggestion });
}

/** Of a negotiation that the log has events of, and none when they are read. */
export function emptied(negotiation: string): DemarcheError {
  const message = `the log has events of ${negotiation}, but none of them can be read: its stream was deleted`;
  return refusal('STORE_CORRUPT', { field: 'negotiation', value: negotiation, message });
}

/** @throws DemarcheError `CELL_UNKNOWN` for a party or an issue that nobody declared */
export function checkFilter({ index: { declared } }: NegotiationLog, { party, issue }: Filter): void {
  const faults = [
    ...(party === undefined || declared.party.has(party) ? [] : [notDeclared('party', party, [...declared.party])]),
    ...(issue === undefined || declared.issue.has(issue) ? [] : [notDeclared('issue', issue, [...declared.issue])]),
  ];
  if (faults.length > 0)
    throw new DemarcheError('CELL_UNKNOWN', faults.map(({ message }) => message).join('; '), { faults });
}

/** An address, or a store that nobody waited for, would fail at the first question only, and not say why. @throws `REQUEST_INVALID` */
export function checkStore(store: EventStore): void {
  if (typeof store?.readStream !== 'function')
    throw refusal('REQUEST_INVALID', {
      field: 'store',
      message: 'this is no open store; write openTracker({ store: await openStore("sqlite:./demarche.db") })',
    });
}

/** A history is of one cell: who asks without types may leave a part of it out. @throws as `checkFilter`, and `REQUEST_INVALID` */
export function checkCell(log: NegotiationLog, cell: CellKey): void {
  const missing = (['party', 'issue'] as const).filter((field) => typeof cell[field] !== 'string');
  if (missing.length > 0)
    throw new DemarcheError('REQUEST_INVALID', 'a history is of one cell: name it as { party, issue }', {
      faults: missing.map((field) => ({ field, message: 'this field is required' })),
    });
  checkFilter(log, cell);
}

function notDeclared(field: string, value: string, declared: readonly string[]): Fault {
  const suggestion = nearest(value, declared);
  const message = suggestion
    ? `there is no ${field} "${value}"; did you mean ${suggestion}?`
    : `there is no ${field} "${value}"; declared: ${listed(declared)}`;
  return { field, value, message, ...(suggestion === undefined ? {} : { suggestion }) };
}

/** Who asks without types may write anything. @throws DemarcheError `GATE_INVALID` for a standard, `REQUEST_INVALID` for an effect */
export function checkChoices({ standard, effect }: Choices): void {
  if (standard !== undefined && !STANDARDS.includes(standard))
    throw refused('GATE_INVALID', notOneOf('standard', standard, STANDARDS));
  if (effect !== undefined && !EFFECTS.includes(effect))
    throw refused('REQUEST_INVALID', notOneOf('effect', effect, EFFECTS));
}

interface Choices {
  readonly standard?: Standard | undefined;
  readonly effect?: Effect | undefined;
}

export const notOneOf = (field: string, value: unknown, choices: readonly string[]): Fault => ({
  field,
  value,
  message: `write one of ${choices.join(', ')}`,
});

/** An error about one field, which is named before what is wrong with it. */
export const refused = (code: ErrorCode, fault: Fault): DemarcheError =>
  refusal(code, fault, `${fault.field}: ${fault.message}`);

/** @param id where a page of developments was to go on */
export function unknownDevelopment(id: string): DemarcheError {
  const message = `there is no development "${id}" in this view`;
  return refusal('REQUEST_INVALID', { field: 'after', value: id, message });
}

export function badCursor(value: string): DemarcheError {
  const message = 'write the cursor of a change, or a log position, such as "42"';
  return refused('REQUEST_INVALID', { field: 'after', value, message });
}

/** @param end the last position of the log; null: nothing is recorded in it */
export function notThatFar(value: string, end: string | null): DemarcheError {
  const where = end === null ? 'nothing is recorded here' : `this log ends at ${end}`;
  const message = `${where}: either it is not the one this cursor is of, and is to be read from its start, or ask again shortly`;
  return refused('POSITION_NOT_REACHED', { field: 'after', value, message });
}
