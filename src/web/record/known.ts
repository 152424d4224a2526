/** What earlier recordings tell the form: reports, publishers, ids that come again. */
import type { ChronicleEntry } from '../../../projections/answers.ts';
import { webAddress } from '../words.ts';

type Source = NonNullable<ChronicleEntry['source']>;

/** What is known of the report at an address: all of it where it was cited before, or its publisher by the site. */
export function sourceAt(url: string, chronicle: readonly ChronicleEntry[]): Partial<Source> | undefined {
  const host = hostOf(url);
  if (host === undefined) return undefined;
  const sources = chronicle.flatMap(({ source }) => (source ? [source] : []));
  const cited = sources.find((source) => source.url === url);
  if (cited) return cited;
  const publisher = sources.findLast((source) => source.url !== undefined && hostOf(source.url) === host)?.publisher;
  return { publisher: publisher ?? host };
}

const hostOf = (url: string): string | undefined => {
  const address = webAddress(url.trim());
  return address === undefined ? undefined : new URL(address).hostname.replace(/^www\./, '');
};

export const publishersOf = (chronicle: readonly ChronicleEntry[]): readonly string[] =>
  [...new Set(chronicle.flatMap(({ source }) => (source ? [source.publisher] : [])))].sort();
