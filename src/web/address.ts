/**
 * The address of a view: everything that is on screen can be read from it and sent to someone else. The words are those of the API.
 */
import type { Standard } from '../../projections/answers.ts';

export const VIEWS = ['matrix', 'compare', 'talks', 'record'] as const;
export type ViewName = (typeof VIEWS)[number];

export interface Cell {
  readonly party: string;
  readonly issue: string;
}

/** The three gates and the standard. */
export interface Gates {
  /** null: now */
  readonly asOf: string | null;
  /** null: with hindsight, unless `asThenKnown` */
  readonly knownOn: string | null;
  /** as then known: `knownOn` follows `asOf` */
  readonly asThenKnown: boolean;
  readonly recordedBy: string | null;
  readonly standard: Standard;
}

export interface Address extends Gates {
  readonly negotiation: string | null;
  readonly view: ViewName;
  /** the earlier date of a comparison; in the matrix, the date since which changes are marked */
  readonly from: string | null;
  readonly cell: Cell | null;
  /** the development that is to be corrected or retracted, in the form */
  readonly about: string | null;
  /** parent issues whose rows are folded away */
  readonly folded: readonly string[];
  /** changes are shown in the matrix as they arrive, not on request */
  readonly follow: boolean;
}

export const HOME: Address = {
  negotiation: null,
  view: 'matrix',
  asOf: null,
  knownOn: null,
  asThenKnown: false,
  recordedBy: null,
  standard: 'stated',
  from: null,
  cell: null,
  about: null,
  folded: [],
  follow: false,
};

const STANDARDS = ['strict', 'stated', 'all'] as const satisfies readonly Standard[];

/** Reads an address; what it does not understand, it leaves at its default. */
export function readAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const text = (name: string) => query.get(name)?.trim() || null;
  const [party, issue] = [text('party'), text('issue')];
  const asThenKnown = query.get('then') === 'true';
  return {
    negotiation: text('negotiation'),
    view: VIEWS.find((view) => view === query.get('view')) ?? HOME.view,
    asOf: text('asOf'),
    knownOn: asThenKnown ? null : text('knownOn'),
    asThenKnown,
    recordedBy: text('recordedBy'),
    standard: STANDARDS.find((standard) => standard === query.get('standard')) ?? HOME.standard,
    from: text('from'),
    cell: party !== null && issue !== null ? { party, issue } : null,
    about: text('about'),
    folded: text('folded')?.split(',') ?? [],
    follow: query.get('follow') === 'true',
  };
}

/** Writes an address, leaving out what is at its default: the same view has one address. */
export function writeAddress(address: Address): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string | null | boolean) => {
    if (value !== null && value !== false && value !== '') query.set(name, String(value));
  };
  put('negotiation', address.negotiation);
  put('view', address.view === HOME.view ? null : address.view);
  put('from', address.from);
  put('asOf', address.asOf);
  put('then', address.asThenKnown);
  put('knownOn', address.asThenKnown ? null : address.knownOn);
  put('recordedBy', address.recordedBy);
  put('standard', address.standard === HOME.standard ? null : address.standard);
  put('party', address.cell?.party ?? null);
  put('issue', address.cell?.issue ?? null);
  put('about', address.view === 'record' ? address.about : null);
  put('folded', address.folded.join(','));
  put('follow', address.follow);
  const search = query.toString();
  return search === '' ? '/' : `/?${search}`;
}

/** The gates as query parameters of the API. */
export function gateQuery({ asOf, knownOn, asThenKnown, recordedBy, standard }: Gates): Record<string, string> {
  const query: readonly (readonly [string, string | null])[] = [
    ['asOf', asOf],
    ['then', asThenKnown ? 'true' : null],
    ['knownOn', asThenKnown ? null : knownOn],
    ['recordedBy', recordedBy],
    ['standard', standard === HOME.standard ? null : standard],
  ];
  return Object.fromEntries(query.filter((pair): pair is [string, string] => pair[1] !== null));
}

/** Whether the view is of now, with hindsight, of all that is recorded. */
export const isNow = ({ asOf, knownOn, asThenKnown, recordedBy }: Gates): boolean =>
  asOf === null && knownOn === null && !asThenKnown && recordedBy === null;
