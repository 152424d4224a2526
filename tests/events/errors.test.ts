/** The one kind of error that is thrown on purpose. */
import { describe, expect, it } from 'vitest';
import { DemarcheError, ERRORS, type ErrorCode, firstFaults, isDemarcheError } from '../../events/index.ts';

const fault = (field: string) => ({ field, message: 'write something else' });

describe('an error', () => {
  it.each(Object.entries(ERRORS))('%s has the status of the registry, and says whether to try again', (code, row) => {
    const error = new DemarcheError(code as ErrorCode, 'It went wrong.');
    expect(error).toMatchObject({ name: 'DemarcheError', message: 'It went wrong.', code, faults: [], more: 0 });
    expect({ status: error.status, retryable: error.retryable }).toEqual({
      status: row.status,
      retryable: row.retryable,
    });
  });

  it('keeps what caused it, where something did', () => {
    const cause = new Error('The disk is full.');
    expect(new DemarcheError('STORE_FULL', 'There is no room.', { cause }).cause).toBe(cause);
    expect(Object.hasOwn(new DemarcheError('STORE_FULL', 'There is no room.'), 'cause')).toBe(false);
  });

  it('is told from all others', () => {
    expect(isDemarcheError(new DemarcheError('INTERNAL', 'It went wrong.'))).toBe(true);
    for (const other of [new Error('It went wrong.'), { code: 'INTERNAL' }, null])
      expect(isDemarcheError(other)).toBe(false);
  });
});

describe('the faults of an error that are told', () => {
  const faults = ['a', 'b', 'c'].map(fault);

  it.each([
    [5, undefined, 3, 0],
    [3, undefined, 3, 0],
    [2, undefined, 2, 1],
    [2, 40, 2, 41],
    [5, 40, 3, 40],
  ])('are at most %d of three, where %s more are left out already: %d, and %d more', (most, left, told, more) => {
    const error = new DemarcheError('IMPORT_INVALID', 'No.', { faults, ...(left === undefined ? {} : { more: left }) });
    expect(firstFaults(error, most)).toEqual({ faults: faults.slice(0, told), more });
  });
});
