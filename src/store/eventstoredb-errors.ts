import {
  AccessDeniedError,
  isCommandError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamNotFoundError,
  UnavailableError,
  UnknownError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';

/** What an error of the client, the connection or the server says about the call it ended. */
export type Failure =
  /** surely nothing happened, and the same call may succeed in a moment */
  | { readonly kind: 'refused'; readonly message: string }
  /** nobody knows whether it happened; the same call may succeed */
  | { readonly kind: 'unknown'; readonly message: string }
  /** surely nothing happened, nor will it when called again */
  | { readonly kind: 'denied' | 'deleted' | 'invalid'; readonly message: string }
  | { readonly kind: 'wrong-revision'; readonly actual: bigint | 'none' }
  /** `limit`: the bytes the server takes in one append, where it says so */
  | { readonly kind: 'too-large'; readonly limit: number | undefined }
  | { readonly kind: 'no-stream' };

/** gRPC status codes, https://grpc.io/docs/guides/status-codes/ */
const INVALID_ARGUMENT = 3;
const RESOURCE_EXHAUSTED = 8;
const UNIMPLEMENTED = 12;

// What the server says of a write it did not begin, and the connection of a call it did not send. The server's words differ between
// its two ways to append; "Server Is Not Ready" may come under UNKNOWN.
const NOT_BEGUN =
  /Server Is (Not Ready|Busy|Too Busy)|No leader info|No connection established|Channel closed before call started|Name resolution failed|Failed to discover|ECONNREFUSED/i;

/** Our own clock ran out before an answer came. */
export class Silence extends Error {
  constructor(what: string, milliseconds: number) {
    super(`no answer to ${what} within ${milliseconds} ms`);
    this.name = 'Silence';
  }
}

/** Sorts an error by what it means for the call. Whatever is not known counts as unknown: perhaps it happened. */
export function classify(error: unknown): Failure {
  const message = messageOf(error);
  if (error instanceof WrongExpectedVersionError) return { kind: 'wrong-revision', actual: actualOf(error) };
  if (error instanceof MaxAppendSizeExceededError) return { kind: 'too-large', limit: error.maxAppendSize };
  if (error instanceof StreamNotFoundError) return { kind: 'no-stream' };
  if (error instanceof StreamDeletedError)
    return { kind: 'deleted', message: `the stream ${error.streamName} was deleted` };
  if (error instanceof AccessDeniedError) return { kind: 'denied', message: message || 'access denied' };
  if (error instanceof NotLeaderError) return { kind: 'refused', message: 'the node is not the leader' };
  if (!(error instanceof Error) || !isCommandError(error))
    return NOT_BEGUN.test(message) ? { kind: 'refused', message } : { kind: 'unknown', message };
  // The message was larger than the server lets in: it never became an append.
  if (error.code === RESOURCE_EXHAUSTED && /message/i.test(message)) return { kind: 'too-large', limit: undefined };
  if (error instanceof UnavailableError || error instanceof UnknownError) {
    if (NOT_BEGUN.test(message)) return { kind: 'refused', message };
  }
  if (error.code === INVALID_ARGUMENT || error.code === UNIMPLEMENTED) return { kind: 'invalid', message };
  return { kind: 'unknown', message };
}

/** A failure in a few words. */
export const wordsOf = (failure: Failure): string => ('message' in failure ? failure.message : failure.kind);

// The client's message is empty for a wrong revision, and its actual version a word for a stream that does not exist.
const actualOf = ({ actualVersion }: WrongExpectedVersionError): bigint | 'none' =>
  typeof actualVersion === 'bigint' ? actualVersion : 'none';

const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  // The gRPC library leaves an empty note behind.
  return error.message.replace(/\.? Resolution note:\s*$/, '') || error.name;
};

/** Waits for a promise, but not for ever: a silent server leaves some calls of the client pending for good. */
export async function within<T>(milliseconds: number, what: string, call: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Silence(what, milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([call(), silence]);
  } finally {
    clearTimeout(timer);
  }
}
