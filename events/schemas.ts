/** The schemas that answers are made of, beside the catalogue itself. */
export { source } from './fields.ts';
export { count } from './outcomes.ts';
