/** The page at `/`, if it was built; else a word on where the answers are. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const OPEN = { role: 'anyone' } as const;
const HIDDEN = { hide: true } as const;

const NOT_BUILT = `Demarche

The page is not built here ("npm run build" makes it). The answers are all there:

  /docs               what can be asked
  /api/negotiations   the negotiations on record
  /api/openapi.json   the same for programs
`;

/** @param folder where the page was built */
export async function page(app: FastifyInstance, { folder }: { readonly folder: string }): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) {
    app.get('/', { config: OPEN, schema: HIDDEN }, (_, reply) =>
      reply.type('text/plain; charset=utf-8').send(NOT_BUILT),
    );
    return;
  }
  await app.register(staticFiles, { root: folder, serve: false, dotfiles: 'ignore' });
  app.get('/', { config: OPEN, schema: HIDDEN }, (_, reply) =>
    reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false }),
  );
  // Their names change with their content.
  app.get<{ Params: { '*': string } }>('/assets/*', { config: OPEN, schema: HIDDEN }, ({ params }, reply) =>
    reply.sendFile(`assets/${params['*']}`, { maxAge: '365d', immutable: true }),
  );
  app.get<{ Params: { file: string } }>(
    '/:file(^[a-z0-9-]+\\.(?:svg|png|ico|txt|webmanifest)$)',
    { config: OPEN, schema: HIDDEN },
    ({ params }, reply) => reply.sendFile(params.file, { maxAge: '1d' }),
  );
}
