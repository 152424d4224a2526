/** Developments given as JSON: one object, an array, or one a line. */
import { refusal } from '../../../events/index.ts';
import type { Draft } from './field-options.ts';

/**
 * Reads a text as developments; whether each is one is for the catalogue to say.
 * @throws DemarcheError `REQUEST_INVALID` where it is no JSON, naming the line
 */
export function readDrafts(text: string): readonly Draft[] {
  const whole = parse(text);
  if (whole.ok) return drafts(Array.isArray(whole.value) ? whole.value : [whole.value]);
  const lines = text.split(/\r?\n/).map((line, index) => ({ line: index + 1, text: line.trim() }));
  return drafts(
    lines
      .filter((one) => one.text !== '')
      .map(({ line, text: one }) => {
        const parsed = parse(one);
        if (!parsed.ok) throw invalid(`this is not JSON: ${parsed.message}`, { line, value: one.slice(0, 200) });
        return parsed.value;
      }),
  );
}

const drafts = (values: readonly unknown[]): readonly Draft[] =>
  values.map((value, index) => {
    // A list is not quoted back: it can be nested without end.
    if (Array.isArray(value)) throw invalid(ONE_OBJECT, { index });
    if (value === null || typeof value !== 'object') throw invalid(ONE_OBJECT, { value, index });
    return value as Draft;
  });

const ONE_OBJECT = 'write one JSON object for a development';

type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

function parse(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

const invalid = (
  message: string,
  place: { readonly value?: unknown; readonly line?: number; readonly index?: number },
) => refusal('REQUEST_INVALID', { field: '', message, ...place });

/** All of a stream of bytes as text. @throws DemarcheError `REQUEST_INVALID` where it is not UTF-8 */
export async function readText(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  try {
    for await (const piece of bytes) text += decoder.decode(piece, { stream: true });
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw invalid('what came on standard input is not UTF-8', {});
    throw error;
  }
}
