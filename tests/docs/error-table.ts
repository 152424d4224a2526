/** The README's table of errors, made from the registry. `npm run readme` writes it anew; a test sees that it was. */
import { readFileSync, writeFileSync } from 'node:fs';
import { ERRORS } from '../../events/errors.ts';

const README = new URL('../../README.md', import.meta.url);
const BLOCK = /(<!-- errors -->\n)[\s\S]*?(<!-- \/errors -->)/;

const table = [
  '| code | HTTP | again? | what it means |',
  '| --- | --- | --- | --- |',
  ...Object.entries(ERRORS).map(
    ([code, { status, retryable, title }]) => `| \`${code}\` | ${status} | ${retryable ? 'yes' : ''} | ${title} |`,
  ),
].join('\n');

/** The README as it is, and as the registry would have it. */
export function readme(): { readonly written: string; readonly due: string } {
  const written = readFileSync(README, 'utf8');
  return { written, due: written.replace(BLOCK, `$1${table}\n$2`) };
}

if (import.meta.main) writeFileSync(README, readme().due);
