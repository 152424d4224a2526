/** What everything over HTTP is measured against: a plain Fastify route. Says its address, and answers until it is told to end. */
import fastify from 'fastify';

const app = fastify();
app.get('/', () => ({ ok: true }));
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
