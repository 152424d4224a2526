/** The README's tables of errors, made from the code. `npm run readme` writes them anew; a test sees that it did. */
import { readFileSync, writeFileSync } from 'node:fs';
import { ERRORS } from '../../events/errors.ts';
import { COMMAND_ERRORS } from '../../src/cli/errors.ts';
import { withTable } from './between-marks.ts';

const README = new URL('../../README.md', import.meta.url);

const errors = [
  '| code | HTTP | again? | what it means |',
  '| --- | --- | --- | --- |',
  ...Object.entries(ERRORS).map(
    ([code, { status, retryable, title }]) => `| \`${code}\` | ${status} | ${retryable ? 'yes' : ''} | ${title} |`,
  ),
].join('\n');

const commandErrors = [
  '| code | exit code | what it means |',
  '| --- | --- | --- |',
  ...Object.entries(COMMAND_ERRORS).map(([code, { exit, title }]) => `| \`${code}\` | ${exit} | ${title} |`),
].join('\n');

/** The README as it is, and as the registry would have it. */
export function readme(): { readonly written: string; readonly due: string } {
  const written = readFileSync(README, 'utf8');
  return { written, due: withTable(withTable(written, 'errors', errors), 'command errors', commandErrors) };
}

if (import.meta.main) writeFileSync(README, readme().due);
