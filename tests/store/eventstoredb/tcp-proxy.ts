import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire between the adapter and a server, for tests to freeze and cut. */
export interface TcpProxy {
  readonly port: number;
  /** connections taken since the start */
  readonly connections: number;
  /** From now on nothing comes through, in either direction, and nothing is closed. */
  freeze(): void;
  thaw(): void;
  /** Closes every connection; new ones are taken. */
  cut(): void;
  /** Lets so many bytes of what the client sends through, and closes every connection then. */
  cutAfter(bytes: number): void;
  /** Lets what the client sends through, and closes every connection at the first byte of an answer. */
  cutBeforeAnswer(): void;
  close(): Promise<void>;
}

export async function openTcpProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let connections = 0;
  let frozen = false;
  let answersCut = false;
  let allowance = Number.POSITIVE_INFINITY;

  const proxy = createServer({ noDelay: true }, (client) => {
    connections += 1;
    const server = connect({ port: target, host: '127.0.0.1', noDelay: true });
    const pair = [client, server] as const;
    pairs.add(pair);
    const drop = (): void => {
      pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of pair) socket.on('error', drop).on('close', drop);
    client.on('data', (bytes: Buffer) => {
      server.write(bytes.subarray(0, allowance));
      allowance -= bytes.length;
      if (allowance > 0) return;
      allowance = Number.POSITIVE_INFINITY;
      // What was let through is to arrive.
      server.end();
      client.destroy();
    });
    server.on('data', (bytes) => {
      if (!answersCut) return client.write(bytes);
      answersCut = false;
      return cut();
    });
    if (frozen) for (const socket of pair) socket.pause();
  });

  function each(act: (socket: Socket) => void): void {
    for (const pair of [...pairs]) for (const socket of pair) act(socket);
  }
  function cut(): void {
    each((socket) => socket.destroy());
  }

  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    port: (proxy.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    freeze() {
      frozen = true;
      each((socket) => socket.pause());
    },
    thaw() {
      frozen = false;
      each((socket) => socket.resume());
    },
    cut,
    cutAfter(bytes) {
      allowance = bytes;
    },
    cutBeforeAnswer() {
      answersCut = true;
    },
    async close() {
      cut();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
