/** What a person and a program are told of an error: enough to mend it, and never more than can be read. */
import { describe, expect, it } from 'vitest';
import { DemarcheError, type Fault } from '../../events/index.ts';
import { COMMAND_ERRORS, errorJson, errorLines, exitCodeOf, Interrupted, UsageError } from '../../src/cli/errors.ts';

const fault = (index: number): Fault => ({ index, field: 'party', value: `p${index}`, message: 'not declared' });
const faults = Array.from({ length: 250 }, (_, index) => fault(index));

describe('an error with many faults', () => {
  const error = new DemarcheError('PARTY_UNKNOWN', 'no such parties', { faults, more: 7 });

  it('tells a person the first twenty, and how many more there are', () => {
    const lines = errorLines(error, 80).map(({ text }) => text);
    expect(lines).toHaveLength(1 + 20 + 1);
    expect(lines.at(-1)).toBe('  and 237 more');
  });

  it('tells a program the first hundred, and how many more there are', () => {
    expect(errorJson(error)).toMatchObject({ code: 'PARTY_UNKNOWN', faults: faults.slice(0, 100), more: 157 });
  });
});

it('names the file that could not be written, and why', () => {
  const failed = (code: string) => Object.assign(new Error(code), { code, path: 'talks.csv' });
  const told = ['ENOSPC', 'EROFS', 'ENOTDIR'].map((code) => errorLines(failed(code), 80)[0]?.text);
  expect(told).toEqual([
    'demarche: talks.csv cannot be written: there is no room left',
    'demarche: talks.csv cannot be written: its file system is read-only',
    'demarche: talks.csv lies in what is a file, not a folder',
  ]);
});

it('has a code, a title and an exit code for what only a command line can meet', () => {
  const file = Object.assign(new Error('ENOENT'), { code: 'ENOENT', path: 'talks.csv' });
  const met = [new UsageError('what?'), file, new Interrupted(), new Error('boom')];
  expect(met.map((error) => [errorJson(error), exitCodeOf(error)])).toMatchObject([
    [{ code: 'USAGE', title: COMMAND_ERRORS.USAGE.title, message: 'what?' }, 2],
    [{ code: 'FILE', title: COMMAND_ERRORS.FILE.title, message: `there is no file talks.csv in ${process.cwd()}` }, 1],
    [{ code: 'INTERRUPTED', title: COMMAND_ERRORS.INTERRUPTED.title }, 130],
    [{ code: 'FAULT', title: COMMAND_ERRORS.FAULT.title, message: 'boom' }, 70],
  ]);
});

it('says of an error without faults that there are none', () => {
  expect(errorJson(new DemarcheError('STORE_CLOSED', 'closed'))).toMatchObject({ faults: [], more: 0 });
  expect(errorJson(new Error('boom'))).toMatchObject({ code: 'FAULT', faults: [], more: 0 });
});
