/** What the framework refuses by itself, in our words: each refusal says what would be right. */
import type { FastifyReply } from 'fastify';
import { DemarcheError, ERRORS, refusal } from '../../events/errors.ts';

/** So many letters a name in an address may have. */
export const LONGEST_NAME = 200;

/** An error of the framework as one of ours; any other one as it is. */
export function ofFramework(error: unknown, { request, server }: FastifyReply): unknown {
  const { code, statusCode = 500 } = error as { readonly code?: string; readonly statusCode?: number };
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refusal('BODY_TOO_LARGE', {
        field: '',
        message: `a body holds up to ${server.initialConfig.bodyLimit} bytes; send it in several calls`,
      });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refusal('MEDIA_TYPE_UNSUPPORTED', {
        field: 'content-type',
        value: request.headers['content-type'],
        message: 'send JSON, with "Content-Type: application/json"',
      });
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return refusal('REQUEST_INVALID', {
        field: 'content-length',
        value: request.headers['content-length'],
        message: 'write how many bytes the body has; here it has others',
      });
    case 'FST_ERR_BAD_URL':
      return refusal('REQUEST_INVALID', {
        field: 'url',
        value: request.url,
        message: 'after a percent sign write the two digits of a byte of UTF-8 (%25 for a percent sign itself)',
      });
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return refusal('REQUEST_INVALID', {
        field: 'url',
        value: request.url,
        message: `a name in an address has up to ${LONGEST_NAME} letters`,
      });
    default:
      return statusCode >= 400 && statusCode < 500
        ? new DemarcheError('REQUEST_INVALID', `${ERRORS.REQUEST_INVALID.title}.`, { cause: error })
        : error;
  }
}
