import { once } from 'node:events';
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import featuresGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { createFakeLog, type FakeLog, type FakeRecord, MAX_APPEND_BYTES } from './fake-log.ts';
import {
  type AppendAnswer,
  type AppendCall,
  type AppendRequest,
  appendResponse,
  caughtUp,
  checkpoint,
  clusterInfo,
  confirmation,
  eventResponse,
  grpc,
  type ReadCall,
  type ReadRequest,
  type ReadResp,
  readAppend,
  readRead,
  status,
  streamNotFound,
} from './fake-protocol.ts';

export const CODE = { cancelled: 1, unknown: 2, invalid: 3, aborted: 10, internal: 13, unavailable: 14 } as const;

export interface Certificate {
  readonly key: Buffer;
  readonly certificate: Buffer;
}

/** What goes wrong with one call: before or after the append is written, after so many items of a read. */
export type AppendFault =
  | { readonly kind: 'silence'; readonly written: boolean }
  | {
      readonly kind: 'status';
      readonly code: number;
      readonly details: string;
      readonly written: boolean;
      /** milliseconds until it is said */
      readonly delay?: number;
    };
export type ReadFault =
  | { readonly kind: 'silence'; readonly after: number }
  | { readonly kind: 'end'; readonly after: number }
  | { readonly kind: 'status'; readonly code: number; readonly details: string; readonly after: number };

/** A subscription as the server has it, for tests to send what they like. */
export interface FakeSubscription {
  readonly from: number | 'end';
  send(response: ReadResp): void;
  end(): void;
  fail(code: number, details: string): void;
}

export interface FakeServer {
  readonly port: number;
  readonly address: string;
  readonly log: FakeLog;
  /** asked before each call; undefined: all goes well */
  faults: {
    append?: (request: AppendRequest) => AppendFault | undefined;
    read?: (request: ReadRequest) => ReadFault | undefined;
  };
  /** says in its gossip that it leads a cluster; otherwise that no node does */
  leader: boolean;
  /** sends nothing of its own on a subscription but the confirmation */
  scripted: boolean;
  readonly subscriptions: Set<FakeSubscription>;
  readonly seen: {
    readonly appends: AppendRequest[];
    readonly reads: ReadRequest[];
    cancelled: number;
    itemsSent: number;
    sharedAppends: number;
    featureQuestions: number;
    readonly authorizations: Set<unknown>;
  };
  /** Forgets what a stream holds before a revision, as `$tb` in its metadata makes the real server do. */
  truncate(stream: string, before: number): void;
  /** Ends every call and stops listening. */
  stop(): Promise<void>;
  /** Listens again on the same port. */
  start(): Promise<void>;
}

/** How many events of others the server looks through before it sends a checkpoint. */
const WINDOW = 20;

/** An EventStoreDB as far as Demarche's adapter talks to it, made from the services that ship inside the client package. */
export async function startFakeServer(clock: () => number = Date.now, tls?: Certificate): Promise<FakeServer> {
  const credentials = tls
    ? grpc.ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.certificate }])
    : grpc.ServerCredentials.createInsecure();
  const log = createFakeLog(clock);
  const truncated = new Map<string, number>();
  let server: InstanceType<typeof grpc.Server> | undefined;
  let port = 0;

  async function start(): Promise<void> {
    server = new grpc.Server();
    server.addService(streamsGrpc.StreamsService, { append, read, batchAppend });
    server.addService(gossipGrpc.GossipService as never, { read: gossip });
    server.addService(featuresGrpc.ServerFeaturesService, { getSupportedMethods });
    const bound = server;
    port = await new Promise<number>((resolve, reject) =>
      bound.bindAsync(`127.0.0.1:${port}`, credentials, (error, actual) => (error ? reject(error) : resolve(actual))),
    );
  }

  async function stop(): Promise<void> {
    server?.forceShutdown();
    server = undefined;
    fake.subscriptions.clear();
  }

  function append(call: AppendCall, answer: AppendAnswer): void {
    fake.seen.authorizations.add(call.metadata.get('authorization')[0]);
    const requests: Parameters<typeof readAppend>[0][number][] = [];
    call.on('data', (request) => requests.push(request));
    // A wire that is cut ends the requests too: only what the client itself ended is an append.
    call.on('end', () => setImmediate(() => call.cancelled || answerAppend(readAppend(requests), answer)));
  }

  function answerAppend(request: AppendRequest, answer: AppendAnswer): void {
    fake.seen.appends.push(request);
    const fault = fake.faults.append?.(request);
    if (fault !== undefined) {
      if (fault.written) log.append(request.stream, request.expected, request.events);
      if (fault.kind === 'status') setTimeout(() => answer(status(fault.code, fault.details)), fault.delay ?? 0);
      return;
    }
    const outcome = log.append(request.stream, request.expected, request.events);
    if (outcome.kind === 'too-large')
      answer(
        status(CODE.invalid, `Maximum Append Size of ${MAX_APPEND_BYTES} Exceeded.`, {
          exception: 'maximum-append-size-exceeded',
          'maximum-append-size': String(MAX_APPEND_BYTES),
        }),
      );
    else answer(null, appendResponse(outcome, request.expected));
  }

  /** The way of appending that the adapter keeps away from. */
  function batchAppend(call: ReadCall): void {
    fake.seen.sharedAppends += 1;
    call.emit('error', status(CODE.internal, 'not here'));
  }

  function gossip(_: unknown, answer: (error: null, response: unknown) => void): void {
    answer(null, clusterInfo(port, fake.leader));
  }

  function getSupportedMethods(_: unknown, answer: (error: null, response: unknown) => void): void {
    fake.seen.featureQuestions += 1;
    const method = new features.SupportedMethod();
    method.setServiceName('event_store.client.streams.streams').setMethodName('batchappend');
    answer(null, new features.SupportedMethods().setEventStoreServerVersion('23.10.8').setMethodsList([method]));
  }

  async function read(call: ReadCall): Promise<void> {
    const request = readRead(call.request);
    fake.seen.authorizations.add(call.metadata.get('authorization')[0]);
    fake.seen.reads.push(request);
    call.on('cancelled', () => (fake.seen.cancelled += 1));
    const fault = fake.faults.read?.(request);
    if (request.kind === 'subscription') return subscribe(call, request, fault);
    const found = selected(log, request)?.filter(({ stream, revision }) => revision >= (truncated.get(stream) ?? 0));
    if (found === undefined) {
      call.write(streamNotFound(request.kind === 'stream' ? request.stream : ''));
      return call.end();
    }
    for (const [index, record] of found.slice(0, fault?.after).entries()) {
      if (call.cancelled || index >= request.count) break;
      await send(call, eventResponse(record));
    }
    if (fault === undefined || fault.kind === 'end') return call.end();
    if (fault.kind === 'status') call.emit('error', status(fault.code, fault.details));
  }

  async function send(call: ReadCall, response: ReadResp): Promise<void> {
    fake.seen.itemsSent += 1;
    if (call.cancelled || call.write(response)) return;
    const over = new AbortController();
    const { signal } = over;
    await Promise.race([once(call, 'drain', { signal }), once(call, 'cancelled', { signal })]).catch(() => undefined);
    over.abort();
  }

  async function subscribe(
    call: ReadCall,
    request: Extract<ReadRequest, { kind: 'all' | 'subscription' }>,
    fault: ReadFault | undefined,
  ): Promise<void> {
    if (fault?.kind === 'silence' && fault.after === 0) return;
    call.write(confirmation());
    const ours = ({ stream }: FakeRecord): boolean =>
      request.prefixes?.some((prefix) => stream.startsWith(prefix)) ?? true;
    let left = fault?.after ?? Number.POSITIVE_INFINITY;
    let others = 0;
    let over = false;
    let chain = Promise.resolve();
    const subscription: FakeSubscription = {
      from: request.from,
      send: (response) => void (over || call.write(response)),
      end: () => finish(() => call.end()),
      fail: (code, details) => finish(() => call.emit('error', status(code, details))),
    };
    const finish = (how: () => void): void => {
      if (over) return;
      over = true;
      forget();
      fake.subscriptions.delete(subscription);
      how();
    };
    const deliver = async (record: FakeRecord): Promise<void> => {
      if (over || fake.scripted) return;
      if (left <= 0) return breakOff();
      left -= 1;
      if (ours(record)) return send(call, eventResponse(record));
      others += 1;
      if (others % WINDOW === 0) await send(call, checkpoint(record.position));
    };
    const breakOff = (): void => {
      if (fault?.kind === 'status') subscription.fail(fault.code, fault.details);
      else if (fault?.kind === 'end') subscription.end();
    };
    fake.subscriptions.add(subscription);
    const forget = log.onAppend((record) => {
      chain = chain.then(() => deliver(record));
    });
    call.on('cancelled', () => finish(() => undefined));
    const past = log.records.filter(({ position }) => request.from !== 'end' && position > request.from);
    chain = chain.then(async () => {
      for (const record of past) await deliver(record);
      if (!over && !fake.scripted && left > 0) call.write(caughtUp());
      else if (left <= 0) breakOff();
    });
  }

  const fake: FakeServer = {
    get port() {
      return port;
    },
    get address() {
      return `esdb://127.0.0.1:${port}?tls=false`;
    },
    log,
    faults: {},
    leader: true,
    scripted: false,
    subscriptions: new Set(),
    seen: {
      appends: [],
      reads: [],
      cancelled: 0,
      itemsSent: 0,
      sharedAppends: 0,
      featureQuestions: 0,
      authorizations: new Set(),
    },
    truncate: (stream, before) => void truncated.set(stream, before),
    start,
    stop,
  };
  await start();
  return fake;
}

/** What a read is answered with, without its limit; undefined: no such stream. */
function selected(log: FakeLog, request: ReadRequest): readonly FakeRecord[] | undefined {
  const { from } = request;
  if (request.kind === 'stream') {
    const records = log.stream(request.stream);
    if (records.length === 0) return undefined;
    if (request.backwards) return records.filter(({ revision }) => from === 'end' || revision <= from).reverse();
    return records.filter(({ revision }) => from !== 'end' && revision >= from);
  }
  // Forwards from a position on, backwards from before it.
  if (request.backwards) return log.records.filter(({ position }) => from === 'end' || position < from).reverse();
  return log.records.filter(({ position }) => from !== 'end' && position >= from);
}
