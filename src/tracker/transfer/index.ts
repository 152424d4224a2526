/** Import and export: developments as JSON Lines and as CSV, in and out. Described for people in `docs/importing.md`. */
export { exportCsv, exportJsonl } from './export.ts';
export { importInto } from './import.ts';
export { formatOf } from './source-file.ts';
export { csvTemplate } from './template.ts';
export * from './types.ts';
