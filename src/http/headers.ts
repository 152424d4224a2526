/** What every answer says: of security, and of how long it holds where its route does not say it. */
import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';

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

/** An answer of the API is no document: nothing in it runs, and nothing is loaded for it. */
const DATA_POLICY = { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] } as const;
/** What means something for documents only (OWASP, REST Security Cheat Sheet). Each header that is said is a tenth of a *not modified*. */
const NOT_FOR_DATA = {
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
} as const;

/**
 * No inline script runs anywhere; nothing is fetched from elsewhere; no other site may frame a page.
 * @param shared other sites may read answers (CORS is on) @param secure the public address is https
 */
export function secureHeaders(app: FastifyInstance, shared: boolean, secure: boolean): void {
  const said = (policy: Policy, others: Partial<typeof NOT_FOR_DATA> = {}) =>
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: policy },
      crossOriginResourcePolicy: { policy: shared ? 'cross-origin' : 'same-origin' },
      referrerPolicy: { policy: 'no-referrer' },
      strictTransportSecurity: secure,
      xFrameOptions: { action: 'deny' },
      ...others,
    });
  const [withDocuments, withData] = [said(POLICY), said(DATA_POLICY, NOT_FOR_DATA)];
  app.addHook('onRequest', ({ raw, url }, reply, done) => {
    (url.startsWith('/api/') ? withData : withDocuments)(raw, reply.raw, () => done());
  });
}

/** Where nothing is said, a cache may guess for how long an answer holds (RFC 9111, 4.2.2): one of the API is asked about again. */
export function askAgain(app: FastifyInstance): void {
  app.addHook('onRequest', ({ url }, reply, done) => {
    if (url.startsWith('/api/')) reply.header('cache-control', 'no-cache');
    done();
  });
}

/** A policy as the header says it. */
export const policyText = (policy: Policy): string =>
  Object.entries(policy)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join(';');
