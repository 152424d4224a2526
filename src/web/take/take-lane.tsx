import type { ChronicleEntry, HistoryEntry, State } from '../../../projections/answers.ts';
import type { Address, Cell } from '../address.ts';
import { namesOf } from '../names.ts';
import { frameOf } from './frame.ts';

interface Props {
  readonly negotiation: string;
  readonly address: Address;
  readonly cell: Cell;
  readonly state: State;
  readonly chronicle: readonly ChronicleEntry[];
  readonly history: readonly HistoryEntry[];
  /** "Northland on Fishing rights" */
  readonly title: string;
  readonly until: number;
}

/** The lane of a cell as a picture. */
export function TakeLane({ negotiation, address, cell, state, chronicle, history, title, until }: Props) {
  const picture = async (): Promise<string> => {
    const [{ lanePicture }, { browserMeasure }] = await Promise.all([import('./lane-picture.ts'), import('./save.ts')]);
    const used = new Set(history.map(({ id }) => id));
    const frame = frameOf(state, address, chronicle, used, location.origin, Date.now());
    return lanePicture(history, title, until, namesOf(state), frame, browserMeasure());
  };
  const save = async (ending: 'svg' | 'png') => {
    const { saveFile, pngOf, fileName } = await import('./save.ts');
    const svg = await picture();
    const content = ending === 'png' ? await pngOf(svg) : new Blob([svg], { type: 'image/svg+xml' });
    saveFile(fileName(negotiation, [cell.party, cell.issue], ending), content);
  };
  return (
    <p className="take-lane">
      Take away:{' '}
      <button type="button" onClick={() => void save('svg')}>
        SVG
      </button>
      <button type="button" onClick={() => void save('png')}>
        PNG
      </button>
    </p>
  );
}
