/** A request byte by byte, as no library would send it. */
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** What the server on a port says to these bytes until it closes the connection. */
export function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}
