/**
 * Every error a user of Demarche can meet: one registry. The README's table and the HTTP problem types are made from it; the command line
 * makes its exit codes of `retryable`, and has a few codes of its own besides (`src/cli/errors.ts`). `retryable` means: the same call,
 * unchanged, may succeed later.
 */
export const ERRORS = {
  DEVELOPMENT_INVALID: { status: 422, retryable: false, title: 'A development does not follow the catalogue' },
  REQUEST_INVALID: { status: 400, retryable: false, title: 'The request cannot be understood' },
  GATE_INVALID: {
    status: 400,
    retryable: false,
    title: 'A gate (asOf, knownOn, recordedBy) or the standard is not valid',
  },
  NEGOTIATION_UNKNOWN: { status: 404, retryable: false, title: 'No such negotiation' },
  NEGOTIATION_NOT_OPEN: { status: 422, retryable: false, title: 'The negotiation was never opened' },
  CELL_UNKNOWN: { status: 404, retryable: false, title: 'No such party or issue in this negotiation' },
  PARTY_UNKNOWN: { status: 422, retryable: false, title: 'The party was never declared' },
  ISSUE_UNKNOWN: { status: 422, retryable: false, title: 'The issue was never declared' },
  DEVELOPMENT_UNKNOWN: { status: 422, retryable: false, title: 'No such development' },
  DATE_IN_FUTURE: { status: 422, retryable: false, title: 'Something said to have happened lies in the future' },
  OFF_RECORD: { status: 422, retryable: false, title: 'Off-record words are not recorded' },
  ID_CONFLICT: { status: 409, retryable: false, title: 'The id is already used with different content' },
  IMPORT_INVALID: { status: 422, retryable: false, title: 'The file cannot be imported; nothing was written' },
  ROUTE_UNKNOWN: { status: 404, retryable: false, title: 'There is nothing at this address' },
  METHOD_NOT_ALLOWED: { status: 405, retryable: false, title: 'This address does not take that method' },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    retryable: false,
    title: 'The content type or encoding is not one this takes',
  },
  BODY_TOO_LARGE: { status: 413, retryable: false, title: 'The request is larger than this server takes' },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    retryable: false,
    title: 'The Idempotency-Key was used for something else before',
  },
  TOKEN_REQUIRED: { status: 401, retryable: false, title: 'A token is needed, and one that is known here' },
  ROLE_INSUFFICIENT: { status: 403, retryable: false, title: 'The role of the token does not reach that far' },
  TOKEN_UNKNOWN: { status: 404, retryable: false, title: 'No such token' },
  TOKENS_INVALID: { status: 500, retryable: false, title: 'The file of tokens cannot be read' },
  HOST_REFUSED: { status: 421, retryable: false, title: 'This server does not answer under that name' },
  RATE_EXCEEDED: { status: 429, retryable: true, title: 'Too many requests' },
  STREAMS_EXCEEDED: { status: 429, retryable: true, title: 'Too many streams are open' },
  WEBHOOK_INVALID: { status: 422, retryable: false, title: 'The webhook cannot be set up' },
  WEBHOOK_UNKNOWN: { status: 404, retryable: false, title: 'No such webhook or delivery' },
  WEBHOOKS_INVALID: { status: 500, retryable: false, title: 'The file of webhooks cannot be read' },
  SERVER_ADDRESS_INVALID: { status: 400, retryable: false, title: 'The server cannot listen there' },
  SERVER_UNREACHABLE: { status: 503, retryable: true, title: 'The server does not answer' },
  WRONG_EXPECTED_REVISION: { status: 409, retryable: true, title: 'The log has moved on' },
  POSITION_NOT_REACHED: { status: 503, retryable: true, title: 'This process has not read that far yet' },
  EVENT_TOO_LARGE: { status: 413, retryable: false, title: 'The event is larger than the store takes' },
  EVENT_UNSERIALISABLE: { status: 422, retryable: false, title: 'The event cannot be written as JSON' },
  LOGS_DIFFER: { status: 409, retryable: false, title: 'The two logs do not say the same' },
  STORE_UNAVAILABLE: { status: 503, retryable: true, title: 'The store does not answer' },
  STORE_OUTCOME_UNKNOWN: { status: 503, retryable: true, title: 'The store did not say whether it wrote' },
  STORE_CORRUPT: { status: 500, retryable: false, title: 'The store is damaged or is not a Demarche log' },
  STORE_FULL: { status: 507, retryable: true, title: 'There is no room left to write' },
  STORE_READ_ONLY: { status: 503, retryable: false, title: 'The store cannot be written to' },
  STORE_CLOSED: { status: 503, retryable: false, title: 'The store is closed' },
  STORE_ADDRESS_INVALID: { status: 400, retryable: false, title: 'The store address is not one Demarche knows' },
  HELD_ELSEWHERE: { status: 503, retryable: true, title: 'Another process on this machine has it' },
  INTERNAL: { status: 500, retryable: false, title: 'Something went wrong inside; it is in the log of the server' },
  SCHEMA_VERSION_UNKNOWN: { status: 500, retryable: false, title: 'An event was written by a newer Demarche' },
} as const satisfies Record<string, { readonly status: number; readonly retryable: boolean; readonly title: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** One thing that is wrong in an input: where, what stands there, what would be right. */
export interface Fault {
  /** dotted path of the field, `source.published`; empty for the whole */
  readonly field: string;
  readonly value?: unknown;
  /** what would be right, as a sentence */
  readonly message: string;
  /** the code of this fault alone, where it differs from the error that carries it */
  readonly code?: ErrorCode;
  /** nearest declared name, where there is one */
  readonly suggestion?: string;
  /** index in a batch, from 0; or line of a file, from 1, and column, by its name */
  readonly index?: number;
  readonly line?: number;
  readonly column?: string;
}

/** The only error thrown on purpose. `code` is stable; `faults` name field, value and what would be right. */
export class DemarcheError extends Error {
  readonly code: ErrorCode;
  readonly faults: readonly Fault[];
  /** how many more faults there are, where only the first are listed */
  readonly more: number;

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly faults?: readonly Fault[]; readonly more?: number; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DemarcheError';
    this.code = code;
    this.faults = options.faults ?? [];
    this.more = options.more ?? 0;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }
}

/** The first faults of an error, and how many more there are: what is told stays small, whatever was sent. */
export const firstFaults = ({ faults, more }: DemarcheError, most: number): Pick<DemarcheError, 'faults' | 'more'> => ({
  faults: faults.slice(0, most),
  more: Math.max(0, faults.length - most) + more,
});

/** An error about one thing. @param message what it says of the whole, where that is more than what is wrong there */
export const refusal = (code: ErrorCode, fault: Fault, message = fault.message): DemarcheError =>
  new DemarcheError(code, message, { faults: [fault] });

export const isDemarcheError = (error: unknown): error is DemarcheError => error instanceof DemarcheError;
