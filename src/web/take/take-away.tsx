import { useState } from 'react';
import type { ChronicleEntry, Difference, State } from '../../../projections/answers.ts';
import type { Address } from '../address.ts';
import { get } from '../answers/get.ts';
import { differencePath, type Seen } from '../answers/paths.ts';
import { liesAfter } from '../compare/order.ts';
import { writeMoment } from '../moments.ts';
import { Menu } from '../parts/menu.tsx';
import type { Stop } from '../time/stops.ts';
import { type Frame, frameOf, shownIn } from './frame.ts';

interface Props {
  readonly negotiation: string;
  readonly address: Address;
  readonly state: State;
  readonly chronicle: readonly ChronicleEntry[];
  readonly stops: readonly Stop[];
  readonly differences: readonly Difference[] | undefined;
  readonly seen: Seen;
}

/** What can be taken away from this view. The makers of files are loaded when the first is asked for. */
export function TakeAway({ negotiation, address, state, chronicle, stops, differences, seen }: Props) {
  const [shown, show] = useState<{ readonly title: string; readonly text: string } | null>(null);
  const day = state.asOf.slice(0, 10);

  const frame = (): Frame => frameOf(state, address, chronicle, shownIn(state), location.origin, Date.now());
  const picture = async (): Promise<string> => {
    const [{ matrixPicture }, { browserMeasure }] = await Promise.all([
      import('./matrix-picture.ts'),
      import('./save.ts'),
    ]);
    const moved = address.from === null ? [] : (differences ?? []);
    return matrixPicture(state, address.folded, moved, frame(), browserMeasure());
  };
  const saveSvg = async () => {
    const { saveText, fileName } = await import('./save.ts');
    saveText(fileName(negotiation, [day], 'svg'), 'image/svg+xml', await picture());
  };
  const savePng = async () => {
    const { saveFile, pngOf, fileName } = await import('./save.ts');
    saveFile(fileName(negotiation, [day], 'png'), await pngOf(await picture()));
  };
  const saveCsv = async () => {
    const [{ matrixCsv }, { saveText, fileName }] = await Promise.all([import('./csv.ts'), import('./save.ts')]);
    saveText(fileName(negotiation, [day], 'csv'), 'text/csv', matrixCsv(state, frame()));
  };
  const cite = () => show({ title: 'Citation', text: frame().citation });
  const brief = async () => {
    const { timeZone, asOf } = state.gates;
    const to = Date.parse(asOf);
    const start = writeMoment(Math.min((stops[0]?.at ?? to) - 1, to), timeZone);
    const from = address.from === null || liesAfter(address.from, asOf, timeZone) ? start : address.from;
    const [{ briefOf }, moved] = await Promise.all([
      import('./brief.ts'),
      get<readonly Difference[]>(differencePath(negotiation, from, address.asOf ?? state.asOf, address, seen)),
    ]);
    show({
      title: 'Brief',
      text: briefOf({ address, state, chronicle, differences: moved, from, frame: frame() }),
    });
  };
  return (
    <Menu className="take" title="Take away">
      <div className="take-sheet">
        <ul>
          <Item words="Print" act={() => window.print()} />
          <Item words="Picture (SVG)" act={saveSvg} />
          <Item words="Picture (PNG)" act={savePng} />
          <Item words="Table (CSV)" act={saveCsv} />
          <Item words="Citation" act={cite} />
          <Item words="Brief (Markdown)" act={brief} />
        </ul>
        {shown && <Text key={shown.title} {...shown} negotiation={negotiation} day={day} />}
      </div>
    </Menu>
  );
}

function Item({ words, act }: { readonly words: string; readonly act: () => unknown }) {
  return (
    <li>
      <button type="button" onClick={() => void act()}>
        {words}
      </button>
    </li>
  );
}

interface TextProps {
  readonly title: string;
  readonly text: string;
  readonly negotiation: string;
  readonly day: string;
}

/** A text to copy or to save. */
function Text({ title, text, negotiation, day }: TextProps) {
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true));
  const save = async () => {
    const { saveText, fileName } = await import('./save.ts');
    saveText(fileName(negotiation, [title.toLowerCase(), day], title === 'Brief' ? 'md' : 'txt'), 'text/plain', text);
  };
  return (
    <div className="take-text">
      <label>
        <span>{title}</span>
        <textarea readOnly rows={title === 'Brief' ? 14 : 6} value={text} />
      </label>
      <button type="button" onClick={copy}>
        Copy
      </button>
      <button type="button" onClick={save}>
        Save
      </button>
      <span role="status">{copied && 'copied'}</span>
    </div>
  );
}
