/** What is wrong in a file: the first faults with their places, and how many there are. */
import { DemarcheError, type Fault } from '../../../events/index.ts';

/** So many are told; whoever has more has the same one again and again. */
const FAULTS_TOLD = 20;

export interface FaultList {
  /** how many there are */
  readonly count: number;
  add(fault: Fault): void;
  /** a fault after which nothing in the file can be read. @throws DemarcheError `IMPORT_INVALID` */
  stop(fault: Fault): never;
  /** @throws DemarcheError `IMPORT_INVALID` if there are any */
  throwIfAny(): void;
}

/** @param finish puts the last word to those that are told, when they are */
export function faultList(
  fileName: string,
  finish: (faults: readonly Fault[]) => readonly Fault[] = (faults) => faults,
): FaultList {
  const told: Fault[] = [];
  let count = 0;
  const add = (fault: Fault): void => {
    count += 1;
    if (told.length < FAULTS_TOLD) told.push(fault);
  };
  const error = (): DemarcheError => importInvalid(fileName, finish(told), count - told.length);
  return {
    get count() {
      return count;
    },
    add,
    stop(fault) {
      add(fault);
      throw error();
    },
    throwIfAny() {
      if (count > 0) throw error();
    },
  };
}

/** One line a fault; `faults` of the error has the same in parts. */
function importInvalid(fileName: string, faults: readonly Fault[], more: number): DemarcheError {
  const count = faults.length + more;
  const lines = [
    `${fileName} cannot be imported, and nothing was written: ${count === 1 ? '1 fault' : `${count} faults`}`,
    ...faults.map((fault) => `  ${textOf(fault)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
  return new DemarcheError('IMPORT_INVALID', lines.join('\n'), { faults, more });
}

function textOf({ line, column, field, value, message }: Fault): string {
  const place = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(column !== undefined ? [`column ${column}`] : field === '' ? [] : [field]),
    ...(value === undefined ? [] : [shortened(value)]),
  ];
  return place.length > 0 ? `${place.join(', ')}: ${message}` : message;
}

const LONGEST_SHOWN = 60;

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`;
}
