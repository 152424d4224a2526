/** The bundled record, as it is recorded. */
import { readFile } from 'node:fs/promises';
import type { DevelopmentInput } from '../../events/index.ts';

export const NEGOTIATION = 'russia-ukraine';

export async function bundled(file: string): Promise<readonly DevelopmentInput[]> {
  const text = await readFile(new URL(`../../events/records/${file}`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as DevelopmentInput);
}
