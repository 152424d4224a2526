/** How often one client may ask in a minute: anything at all, and, of that, what reads a whole log. */
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DemarcheError } from '../../events/errors.ts';
import { clientOf } from './guard.ts';

/** Counts a request that reads a whole log, beside counting it as any other. @throws DemarcheError `RATE_EXCEEDED` */
export type CountHeavy = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

interface Rates {
  /** requests a minute from one client; 0: not limited */
  readonly ratePerMinute: number;
  readonly heavyPerMinute: number;
}

/** Counts every request from here on. @returns the hook of routes that read a whole log: they share one count */
export async function limitRates(app: FastifyInstance, { ratePerMinute, heavyPerMinute }: Rates): Promise<CountHeavy> {
  if (ratePerMinute === 0) return async () => {};
  const options = { timeWindow: '1 minute', keyGenerator: clientOf } as const;
  await app.register(rateLimit, {
    ...options,
    max: ratePerMinute,
    errorResponseBuilder: (_, { max, after }) => exceeded(`${max} requests`, after),
  });
  const max = Math.min(heavyPerMinute, ratePerMinute);
  const count = app.createRateLimit({ ...options, max });
  return async (request, reply) => {
    const counted = await count(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    const seconds = counted.ttlInSeconds;
    reply.header('retry-after', String(seconds));
    throw exceeded(`${max} exports, feeds, replays and timelines`, `${seconds} seconds`);
  };
}

const exceeded = (what: string, after: string): DemarcheError =>
  new DemarcheError('RATE_EXCEEDED', `this takes ${what} a minute from one client; come back in ${after}`);
