/** The documentation of the API for people, at `/docs`. Everything it loads comes from this server. */
import { createHash } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import { POLICY, policyText } from '../headers.ts';

const PREFIX = '/docs';

/**
 * A library draws it, whose script for browsers takes 17 MB and a tenth of a second: it is loaded when somebody first asks, into an app
 * of its own, since routes cannot be added to one that serves already.
 */
async function library(): Promise<FastifyInstance> {
  const { default: reference } = await import('@scalar/fastify-api-reference');
  const app = fastify();
  await app.register(reference, {
    routePrefix: PREFIX,
    configuration: {
      url: '/api/openapi.json',
      pageTitle: 'Demarche: the API',
      theme: 'none',
      withDefaultFonts: false,
      telemetry: false,
      showDeveloperTools: 'never',
      hideClientButton: true,
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  });
  return app;
}

export async function docs(app: FastifyInstance): Promise<void> {
  let loaded: Promise<FastifyInstance> | undefined;
  for (const path of ['', '/', '/js/scalar.js'])
    app.get(PREFIX + path, { config: { role: 'anyone' }, schema: { hide: true } }, async ({ url }, reply) => {
      loaded ??= library();
      const { statusCode, headers, body } = await (await loaded).inject(url);
      for (const name of ['content-type', 'location'] as const) if (headers[name]) reply.header(name, headers[name]);
      // The page starts itself with one inline script: that script, and no other, is allowed to run.
      if (headers['content-type']?.toString().startsWith('text/html'))
        reply.header('content-security-policy', policyText({ ...POLICY, 'script-src': ["'self'", ...hashesOf(body)] }));
      return reply.code(statusCode).send(body);
    });
}

const hashesOf = (html: string): readonly string[] =>
  [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
