/** Requests are checked by zod schemas; what is wrong with one names each field, in the words used everywhere else. */
import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { DemarcheError, type Fault, faultsOf, nearest } from '../../events/index.ts';

/** Fastify's validator compiler: a schema of a request part to a check of it. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data: unknown) => {
    const result = schema.safeParse(data);
    if (result.success) return { value: result.data };
    const faults = result.error.issues.flatMap((issue) => faultsOf(issue, data));
    const inQuery = (fault: Fault) => misspelt(repeated(fault), schema);
    return { error: refused(httpPart === 'querystring' ? faults.map(inQuery) : faults) };
  };

function refused(faults: readonly Fault[]): DemarcheError {
  const details = faults.slice(0, 5).map(({ field, message }) => (field === '' ? message : `${field}: ${message}`));
  return new DemarcheError('REQUEST_INVALID', details.join('; '), { faults });
}

/** A parameter that is written more than once is read as a list of what it says. */
const repeated = (fault: Fault): Fault =>
  Array.isArray(fault.value) ? { ...fault, message: `write it once; here it is ${fault.value.length} times` } : fault;

/** An unknown query parameter is most often a known one with a slip of the pen. */
function misspelt(fault: Fault, schema: z.ZodType): Fault {
  const known = 'shape' in schema ? Object.keys(schema.shape as object) : [];
  if (fault.field === '' || known.includes(fault.field)) return fault;
  const suggestion = nearest(fault.field, known);
  const names = known.length === 0 ? 'this route takes none' : `known are ${known.join(', ')}`;
  return {
    ...fault,
    message: `there is no such parameter; ${suggestion ? `did you mean ${suggestion}?` : names}`,
    ...(suggestion ? { suggestion } : {}),
  };
}
