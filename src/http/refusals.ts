/** How every refusal leaves, whoever refused: our own code, a library, or the framework. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { DemarcheError, isDemarcheError } from '../../events/errors.ts';
import { ofFramework } from './framework-errors.ts';
import { challenge } from './guard.ts';
import { PROBLEM_TYPE, type Problem, problemOf, retryAfter } from './problem.ts';

/** Answers an error; one that is our own fault goes to the log, with all there is to know of it. */
export function refuse(error: unknown, reply: FastifyReply): FastifyReply {
  const problem = problemOf(
    isDemarcheError(error) ? error : ofFramework(error, reply),
    `urn:demarche:request:${reply.request.id}`,
  );
  if (problem.status >= 500) reply.log.error({ err: error, code: problem.code }, problem.title);
  const seconds = retryAfter(problem);
  if (seconds !== undefined && !reply.hasHeader('retry-after')) reply.header('retry-after', String(seconds));
  reply.headers(wanted(problem, reply.request.headers.authorization));
  return reply.code(problem.status).header('cache-control', 'no-store').type(PROBLEM_TYPE).send(problem);
}

/** What would be taken instead, for programs that look for it in headers. */
function wanted({ code }: Problem, authorization: string | undefined): Readonly<Record<string, string>> {
  switch (code) {
    case 'TOKEN_REQUIRED':
    case 'ROLE_INSUFFICIENT':
      return { 'www-authenticate': challenge(code, authorization) };
    // RFC 9110, 15.5.16
    case 'MEDIA_TYPE_UNSUPPORTED':
      return { accept: 'application/json', 'accept-encoding': 'identity' };
    default:
      return {};
  }
}

export function answerRefusals(app: FastifyInstance): void {
  app.setErrorHandler((error, _, reply) => refuse(error, reply));
  app.setNotFoundHandler((request, reply) =>
    refuse(
      new DemarcheError('ROUTE_UNKNOWN', `No ${request.method} at this address; /docs says what there is.`),
      reply,
    ),
  );
}
