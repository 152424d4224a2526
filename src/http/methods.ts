/** A known address asked with a method it has not: `405`, and which ones it has. */
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DemarcheError } from '../../events/errors.ts';

interface Known {
  readonly methods: Set<string>;
  /** who may ask at this address, and how it is counted */
  readonly config: Pick<FastifyContextConfig, 'role' | 'rateLimit'>;
}

/**
 * Sees every route that is added from here on.
 * @returns what refuses the other methods at their addresses, to be called once all of them are there
 */
export function knownMethods(app: FastifyInstance): () => void {
  const addresses = new Map<string, Known>();
  // Programs that subscribe to a calendar or a folder ask so first. Not found would mean to them that there is none.
  app.addHttpMethod('PROPFIND', { hasBody: true });
  app.addHook('onRoute', ({ url, method, config = {} }) => {
    const { role, rateLimit } = config;
    const known = addresses.get(url) ?? {
      methods: new Set(),
      config: { ...(role === undefined ? {} : { role }), ...(rateLimit === undefined ? {} : { rateLimit }) },
    };
    addresses.set(url, known);
    for (const one of [method].flat()) known.methods.add(one);
  });
  return () => {
    // What stands for many addresses, known or not, has the last word on its methods there.
    const [wild, exact] = [[...addresses].filter(isWild), [...addresses].filter((one) => !isWild(one))];
    for (const [url, { methods, config }] of exact) {
      const above = wild.flatMap(([pattern, { methods: its }]) =>
        url.startsWith(pattern.slice(0, -1)) ? [...its] : [],
      );
      const others = app.supportedMethods.filter((method) => !methods.has(method) && !above.includes(method));
      const refuse = refusal([...methods].sort().join(', '));
      // Once it was seen who asks, and before a body is read.
      if (others.length > 0)
        app.route({ method: others, url, config, schema: { hide: true }, preParsing: refuse, handler: refuse });
    }
  };
}

const isWild = ([url]: readonly [string, Known]): boolean => url.endsWith('*');

const refusal =
  (allowed: string) =>
  async ({ method }: FastifyRequest, reply: FastifyReply) => {
    reply.header('allow', allowed);
    throw new DemarcheError('METHOD_NOT_ALLOWED', `There is no ${method} at this address; it takes ${allowed}.`);
  };
