import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { FakeEvent, FakeOutcome, FakeRecord } from './fake-log.ts';

/** The messages of the protocol, made from and turned into what the fake log keeps. */

// The very gRPC library the client uses: a second copy would not know its messages.
const ofClient = createRequire(createRequire(import.meta.url).resolve('@eventstore/db-client'));
interface GrpcServer {
  addService(definition: object, implementation: object): void;
  bindAsync(address: string, credentials: unknown, done: (error: Error | null, port: number) => void): void;
  forceShutdown(): void;
}
interface Grpc {
  readonly Server: new () => GrpcServer;
  readonly ServerCredentials: {
    createInsecure(): unknown;
    createSsl(roots: null, pairs: readonly { readonly private_key: Buffer; readonly cert_chain: Buffer }[]): unknown;
  };
  readonly Metadata: new () => { set(key: string, value: string): void };
}
export const grpc: Grpc = ofClient('@grpc/grpc-js');

type AppendReq = InstanceType<typeof streams.AppendReq>;
type AppendResp = InstanceType<typeof streams.AppendResp>;
type ReadReq = InstanceType<typeof streams.ReadReq>;
export type ReadResp = InstanceType<typeof streams.ReadResp>;

interface Call extends EventEmitter {
  readonly metadata: { get(key: string): readonly unknown[] };
}
export interface AppendCall extends Call {
  readonly cancelled: boolean;
  on(event: 'data', listener: (request: AppendReq) => void): this;
  on(event: 'end' | 'cancelled', listener: () => void): this;
}
export type AppendAnswer = (error: object | null, response?: AppendResp) => void;
export interface ReadCall extends Call {
  readonly request: ReadReq;
  readonly cancelled: boolean;
  write(response: ReadResp): boolean;
  end(): void;
}

export interface AppendRequest {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly FakeEvent[];
}

const utf8 = new TextDecoder();

export function readAppend(requests: readonly AppendReq[]): AppendRequest {
  const [header, ...proposed] = requests;
  const options = header?.getOptions();
  const stream = utf8.decode(options?.getStreamIdentifier()?.getStreamName_asU8());
  if (!options?.hasNoStream() && !options?.hasRevision()) throw new Error('an append without an exact revision');
  const events = proposed.map((request) => {
    const message = request.getProposedMessage();
    if (!message) throw new Error('an append with something else than events');
    return {
      id: message.getId()?.getString() ?? '',
      type: message.getMetadataMap().get('type') ?? '',
      contentType: message.getMetadataMap().get('content-type') ?? '',
      data: message.getData_asU8(),
      metadata: message.getCustomMetadata_asU8(),
    };
  });
  return { stream, expected: options.hasNoStream() ? -1 : Number(options.getRevision()), events };
}

export function appendResponse(outcome: FakeOutcome, expected: number): AppendResp {
  const response = new streams.AppendResp();
  switch (outcome.kind) {
    case 'success': {
      const position = new streams.AppendResp.Position();
      position.setCommitPosition(String(outcome.position)).setPreparePosition(String(outcome.position));
      const success = new streams.AppendResp.Success();
      return response.setSuccess(success.setCurrentRevision(String(outcome.revision)).setPosition(position));
    }
    case 'wrong-revision': {
      const wrong = new streams.AppendResp.WrongExpectedVersion();
      if (expected < 0) wrong.setExpectedNoStream(new shared.Empty());
      else wrong.setExpectedRevision(String(expected));
      if (outcome.actual < 0) wrong.setCurrentNoStream(new shared.Empty());
      else wrong.setCurrentRevision(String(outcome.actual));
      return response.setWrongExpectedVersion(wrong);
    }
    case 'too-large':
      throw new Error('answered with a status');
  }
}

export type ReadRequest = {
  readonly backwards: boolean;
  readonly count: number;
} & (
  | { readonly kind: 'stream'; readonly stream: string; readonly from: number | 'end' }
  | {
      readonly kind: 'all' | 'subscription';
      readonly from: number | 'end';
      readonly prefixes: readonly string[] | undefined;
    }
);

export function readRead(request: ReadReq): ReadRequest {
  const options = request.getOptions();
  const how = { backwards: options?.getReadDirection() === 1, count: Number(options?.getCount() || 0) };
  const stream = options?.getStream();
  if (stream) {
    const name = utf8.decode(stream.getStreamIdentifier()?.getStreamName_asU8());
    return { ...how, kind: 'stream', stream: name, from: stream.hasEnd() ? 'end' : Number(stream.getRevision() || 0) };
  }
  const all = options?.getAll();
  return {
    ...how,
    kind: options?.hasSubscription() ? 'subscription' : 'all',
    from: all?.hasEnd() ? 'end' : Number(all?.getPosition()?.getCommitPosition() ?? 0),
    prefixes: options?.getFilter()?.getStreamIdentifier()?.getPrefixList(),
  };
}

export function eventResponse(record: FakeRecord): ReadResp {
  const event = new streams.ReadResp.ReadEvent();
  return new streams.ReadResp().setEvent(event.setEvent(recorded(record)).setCommitPosition(String(record.position)));
}

/** A link whose event is gone: the server sends the link alone. */
export function unresolvedLink(record: FakeRecord): ReadResp {
  const event = new streams.ReadResp.ReadEvent();
  return new streams.ReadResp().setEvent(event.setLink(recorded(record)).setCommitPosition(String(record.position)));
}

function recorded(record: FakeRecord): InstanceType<typeof streams.ReadResp.ReadEvent.RecordedEvent> {
  const event = new streams.ReadResp.ReadEvent.RecordedEvent();
  event
    .setId(new shared.UUID().setString(record.id))
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(new TextEncoder().encode(record.stream)))
    .setStreamRevision(String(record.revision))
    .setPreparePosition(String(record.position))
    .setCommitPosition(String(record.position))
    .setData(record.data)
    .setCustomMetadata(record.metadata);
  // The server counts in steps of 100 ns.
  event.getMetadataMap().set('created', String(BigInt(record.created) * 10_000n));
  event.getMetadataMap().set('type', record.type).set('content-type', record.contentType);
  return event;
}

export const confirmation = (): ReadResp =>
  new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId('one'));
export const caughtUp = (): ReadResp => new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp());
export const fellBehind = (): ReadResp => new streams.ReadResp().setFellBehind(new streams.ReadResp.FellBehind());
export const checkpoint = (commit: number, prepare = 0): ReadResp =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(String(commit)).setPreparePosition(String(prepare)),
  );
export const streamNotFound = (stream: string): ReadResp =>
  new streams.ReadResp().setStreamNotFound(
    new streams.ReadResp.StreamNotFound().setStreamIdentifier(
      new shared.StreamIdentifier().setStreamName(new TextEncoder().encode(stream)),
    ),
  );

/** A cluster of one node, which leads or is not elected yet. */
export function clusterInfo(port: number, leader: boolean): InstanceType<typeof gossip.ClusterInfo> {
  const { LEADER, UNKNOWN } = gossip.MemberInfo.VNodeState;
  const member = new gossip.MemberInfo()
    .setInstanceId(new shared.UUID().setString('00000000-0000-4000-8000-000000000000'))
    .setTimeStamp('0')
    .setIsAlive(true)
    .setState(leader ? LEADER : UNKNOWN)
    .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(port));
  return new gossip.ClusterInfo().setMembersList([member]);
}

/** What ends a call with a status; `exception` is the name by which the server tells its own errors apart. */
export function status(code: number, details: string, exception?: Readonly<Record<string, string>>): object {
  const metadata = new grpc.Metadata();
  for (const [key, value] of Object.entries(exception ?? {})) metadata.set(key, value);
  return { code, details, metadata };
}
