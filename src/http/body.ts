/** Bodies are JSON in UTF-8 and nothing else: refused are other types and encodings, broken text, and JSON nested without end. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type DemarcheError, refusal } from '../../events/errors.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @param depth how deep JSON may be nested */
export function takeJson(app: FastifyInstance, depth: number): void {
  app.removeAllContentTypeParsers();
  // Refuses `__proto__` and `constructor.prototype` as keys.
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    // Many clients name the type of every body, also of none.
    if (body.length === 0 && request.routeOptions.schema?.body === undefined) return done(null, undefined);
    try {
      checkEncoding(request);
      const text = decoded(body as Buffer);
      if (nestedDeeper(text, depth)) throw invalid(`JSON here is nested at most ${depth} levels deep`);
      parse(request, text, (error, value) => (error ? done(notJson(text)) : done(null, value)));
    } catch (error) {
      done(error as Error);
    }
  });
}

function checkEncoding({ headers }: FastifyRequest): void {
  const charset = /;\s*charset="?([^\s;"]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset)) throw unsupported('content-type', charset, 'send JSON in UTF-8');
  const { 'content-encoding': encoding = 'identity' } = headers;
  if (encoding.toLowerCase() !== 'identity')
    throw unsupported('content-encoding', encoding, 'send the body as it is, without Content-Encoding');
}

function decoded(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw invalid('the body is not UTF-8');
  }
}

/** Looks at the text: nothing is built that would have to be walked. */
function nestedDeeper(text: string, depth: number): boolean {
  let level = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (quoted) {
      if (character === BACKSLASH) at += 1;
      else if (character === QUOTE) quoted = false;
    } else if (character === QUOTE) quoted = true;
    else if (character === OPEN_BRACE || character === OPEN_BRACKET) {
      level += 1;
      if (level > depth) return true;
    } else if (character === CLOSE_BRACE || character === CLOSE_BRACKET) level -= 1;
  }
  return false;
}

const [QUOTE, BACKSLASH, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d];

/** Says where it is no JSON; what is JSON, but has a name that could change what an object is, is refused as well. */
function notJson(text: string): DemarcheError {
  try {
    JSON.parse(text);
    return invalid('the names "__proto__" and "constructor.prototype" are not taken');
  } catch (error) {
    return invalid(text === '' ? 'the body is empty; send JSON' : `the body is not JSON: ${(error as Error).message}`);
  }
}

const invalid = (message: string): DemarcheError => refusal('REQUEST_INVALID', { field: '', message });
const unsupported = (field: string, value: string, message: string): DemarcheError =>
  refusal('MEDIA_TYPE_UNSUPPORTED', { field, value, message });
