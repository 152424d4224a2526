/** Everything as it was recorded, as CSV and JSON Lines. */
import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod';
import { z } from 'zod';
import type { Development } from '../../../events/index.ts';
import { exportCsv, exportJsonl } from '../../tracker/transfer/index.ts';
import type { Context } from '../options.ts';
import { negotiationParams, waiting } from '../queries.ts';
import { reachedBy } from '../ready.ts';
import { JSON_LINES, problems, text } from '../responses.ts';

export const exportRoutes: FastifyPluginAsyncZod<Context> = async (app, { tracker, limits, countHeavy }) => {
  const reached = reachedBy(tracker, limits.waitMs);

  const exported = (
    name: 'jsonl' | 'csv',
    type: string,
    write: (developments: AsyncIterable<Development>) => AsyncIterable<string>,
  ) =>
    app.get(
      `/api/negotiations/:negotiation/export.${name}`,
      {
        onRequest: countHeavy,
        schema: {
          operationId: `export${name === 'csv' ? 'Csv' : 'JsonLines'}`,
          tags: ['export'],
          summary: `Every development as recorded, as ${name === 'csv' ? 'CSV' : 'JSON Lines'}; imported again, it gives the same log`,
          params: negotiationParams,
          querystring: z.strictObject(waiting),
          response: { ...text('Streamed', type), ...problems(400, 401, 404, 503) },
        },
      },
      async ({ method, params: { negotiation }, query }, reply) => {
        await reached(query.minPosition);
        const developments = await tracker.developmentsUntilNow(negotiation);
        return reply
          .type(`${type}; charset=utf-8${name === 'csv' ? '; header=present' : ''}`)
          .header('content-disposition', `attachment; filename="${negotiation}.${name}"`)
          .header('cache-control', 'no-cache')
          .send(Readable.from(method === 'HEAD' ? [] : write(developments), { objectMode: false }));
      },
    );
  exported('jsonl', JSON_LINES, exportJsonl);
  exported('csv', 'text/csv', exportCsv);
};
