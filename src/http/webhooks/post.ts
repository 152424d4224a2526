/** One attempt to deliver, signed as Standard Webhooks says: https://www.standardwebhooks.com */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Webhook as Signer } from 'standardwebhooks';
import { isDemarcheError } from '../../../events/errors.ts';
import { checkDestination, lookupPublic } from './destination.ts';

export type Outcome =
  | { readonly kind: 'delivered' }
  /** the receiver wants no more of these, ever */
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly error: string };

export interface Message {
  readonly id: string;
  readonly body: string;
}

export interface PostOptions {
  readonly url: string;
  readonly secret: string;
  /** milliseconds since 1970 */
  readonly now: number;
  readonly timeoutMs: number;
  /** addresses that are not public are taken too */
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
}

/** Never rejects. A redirect is not followed: it could lead anywhere. */
export function post(
  { id, body }: Message,
  { url, secret, now, timeoutMs, allowPrivate, signal }: PostOptions,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const failed = (error: string) => resolve({ kind: 'failed', error });
    try {
      if (!allowPrivate) checkDestination(url);
      const sent = new Date(now);
      const request = (url.startsWith('https:') ? httpsRequest : httpRequest)(url, {
        method: 'POST',
        agent: false,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        ...(allowPrivate ? {} : { lookup: lookupPublic }),
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Demarche',
          'webhook-id': id,
          'webhook-timestamp': Math.floor(sent.getTime() / 1000),
          'webhook-signature': new Signer(secret).sign(id, sent, body),
        },
      });
      request.on('response', (response) => {
        const status = response.statusCode ?? 0;
        hearOut(response);
        if (status >= 200 && status < 300) resolve({ kind: 'delivered' });
        else if (status === 410) resolve({ kind: 'gone' });
        else failed(`the receiver answered ${status}`);
      });
      request.on('error', (error) => failed(wordsOf(error)));
      request.end(body);
    } catch (error) {
      failed(wordsOf(error));
    }
  });
}

const MOST_HEARD_BYTES = 64 * 1024;

/**
 * What a receiver says beyond its status is of no interest, and may be endless. But one whose words are cut off takes that for a fault:
 * many write their answer in several pieces.
 */
function hearOut(response: IncomingMessage): void {
  let heard = 0;
  response.on('error', () => {});
  response.on('data', ({ length }: Buffer) => {
    heard += length;
    if (heard > MOST_HEARD_BYTES) response.destroy();
  });
  // Nobody waits for it, and nobody stays for it.
  response.socket.unref();
}

/** Nothing that says more about this network than its user knows. */
function wordsOf(error: unknown): string {
  if (isDemarcheError(error)) return error.message;
  const { name, code } = error as NodeJS.ErrnoException;
  if (name === 'TimeoutError' || name === 'AbortError') return 'the receiver did not answer in time';
  return `no connection (${code ?? 'unknown'})`;
}
