/** What an import is asked to do, checked before the file is read. */
import { basename, extname } from 'node:path';
import { type DemarcheError, slug } from '../../../events/index.ts';
import { slugOf } from '../recording/slugs.ts';
import { refused } from '../refusals.ts';
import { type ColumnMap, readMap } from './map.ts';
import type { ReadOptions, TransferFormat } from './types.ts';

export interface SourceFile {
  /** without the path to it */
  readonly name: string;
  readonly format: TransferFormat;
  readonly map: ColumnMap | undefined;
  /** the negotiation every row must be of, where that was said */
  readonly negotiation: string | undefined;
  /** the title of a negotiation that has to be opened, where its id is made from the file's name */
  readonly title: string | undefined;
  /** the fields of a row that has none of its own */
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** What a file holds, by the ending of its name; undefined where that does not say. */
export function formatOf(fileName: string): TransferFormat | undefined {
  switch (extname(fileName).toLowerCase()) {
    case '.jsonl':
    case '.ndjson':
      return 'jsonl';
    case '.csv':
    case '.tsv':
      return 'csv';
    default:
      return undefined;
  }
}

const unknownFormat = (name: string): string =>
  /\.(?:xlsx?|xlsm|ods|numbers)$/i.test(name)
    ? `"${name}" is a workbook; save its sheet as "CSV UTF-8", and import that`
    : `the name "${name}" does not say what the file holds; write jsonl or csv here`;

/** The options of an import, read. @throws DemarcheError `REQUEST_INVALID` */
export function sourceFile({ fileName, format: asked, map: mapText, negotiation }: ReadOptions): SourceFile {
  const name = basename(fileName);
  const format = asked ?? formatOf(name);
  if (!format) throw refuse('format', name, unknownFormat(name));
  const map = mapText === undefined ? undefined : readMap(mapText);
  if (map && format !== 'csv')
    throw refuse('map', mapText, 'a map is for CSV files; the fields of JSON Lines have names');
  if (negotiation !== undefined && !slug.safeParse(negotiation).success) {
    const suggestion = slugOf(negotiation, 'negotiation');
    throw refuse('negotiation', negotiation, `write the id of the negotiation as a slug, such as ${suggestion}`);
  }
  const title = basename(name, extname(name));
  const fromName = slugOf(title, 'negotiation');
  return {
    name,
    format,
    map,
    negotiation,
    title: map && negotiation === undefined ? title : undefined,
    defaults: {
      ...(negotiation !== undefined || map ? { negotiation: negotiation ?? fromName } : {}),
      ...(map ? { type: 'PositionStated', source: { publisher: publisherOf(name) } } : {}),
    },
  };
}

/** A file as the source of what it holds: its name, as far as the name of a publisher may be long. */
export const publisherOf = (fileName: string): string => basename(fileName).slice(0, 200);

const refuse = (field: string, value: unknown, message: string): DemarcheError =>
  refused('REQUEST_INVALID', { field, value, message });
