/** Security headers. No inline script runs anywhere; nothing is fetched from elsewhere; no other site may frame a page. */
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

type Policy = Readonly<Record<string, readonly string[]>>;

export const POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  // Plots carry their own style elements.
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
} as const;

/** @param shared other sites may read answers (CORS is on) @param secure the public address is https */
export async function secureHeaders(app: FastifyInstance, shared: boolean, secure: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: mutable(POLICY) },
    crossOriginResourcePolicy: { policy: shared ? 'cross-origin' : 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: secure,
    xFrameOptions: { action: 'deny' },
  });
}

/** A policy as the header says it. */
export const policyText = (policy: Policy): string =>
  Object.entries(policy)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join(';');

const mutable = (policy: Policy): Record<string, string[]> =>
  Object.fromEntries(Object.entries(policy).map(([name, values]) => [name, [...values]]));
