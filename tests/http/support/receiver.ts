/** A receiver of webhooks on this machine, which answers as it is told. */
import { once } from 'node:events';
import { createServer } from 'node:http';

export interface Delivery {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly deliveries: Delivery[];
  /** what the next deliveries are answered with; then 204 again */
  readonly statuses: number[];
}

export async function openReceiver(): Promise<Receiver> {
  const deliveries: Delivery[] = [];
  const statuses: number[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    deliveries.push({ body: Buffer.concat(parts).toString(), headers: request.headers as Record<string, string> });
    response.statusCode = statuses.shift() ?? 204;
    if (response.statusCode === 302) response.setHeader('location', '/elsewhere');
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hook`,
    deliveries,
    statuses,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
