import { edtfWords } from '../../../events/edtf-words.ts';
import type { Source } from '../../../events/index.ts';
import { webAddress } from '../words.ts';

/** Who reported it, linked where the address is one of the web. */
export function SourceLine({ source }: { readonly source: Source }) {
  const url = webAddress(source.url);
  const archive = webAddress(source.archiveUrl);
  const title = source.title ?? (url === undefined ? undefined : 'the report');
  return (
    <span className="source">
      <bdi>{source.publisher}</bdi>
      {title !== undefined && ', '}
      {title !== undefined &&
        (url === undefined ? <cite dir="auto">{title}</cite> : <Outward href={url}>{title}</Outward>)}
      {source.published !== undefined && `, published ${edtfWords(source.published)}`}
      {archive !== undefined && (
        <>
          {' · '}
          <Outward href={archive}>archived copy</Outward>
        </>
      )}
      {(source.reliability !== 'F' || source.credibility !== 6) && (
        <abbr title={`reliability ${source.reliability}, credibility ${source.credibility} (Admiralty grades)`}>
          {' '}
          [{source.reliability}
          {source.credibility}]
        </abbr>
      )}
    </span>
  );
}

const Outward = ({ href, children }: { readonly href: string; readonly children: string }) => (
  <a href={href} dir="auto" rel="noopener noreferrer external" target="_blank">
    {children}
  </a>
);
