/** What fan-out is measured against: each change is written for each reader, as JSON of its own. Says its address, then serves. */
import { createServer, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';

const readers = new Set<ServerResponse>();

const server = createServer(async (request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('event: ready\ndata: {}\n\n');
    readers.add(response);
    response.once('close', () => readers.delete(response));
    return;
  }
  const change = (await json(request)) as { readonly cursor: string };
  for (const reader of readers)
    reader.write(`id: ${change.cursor}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`);
  response.writeHead(204).end();
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
