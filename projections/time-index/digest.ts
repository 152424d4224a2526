/**
 * Digests: the facts of a development as a line of text, kept beside its event, so that the index is made anew without reading and
 * parsing every event. A line that this version did not write says nothing, and the event is read.
 *
 * A line is numbers and names between spaces: the version, the id's hash, the kind, the three dates; for what takes a position, what it
 * does and with which words, then its place; for a set-up, what it declares. No name has a space.
 */
import { ACT, type Facts, KIND, type Place, WORTH } from './facts.ts';
import { NO_WORDS } from './hash.ts';

/** Changed with the facts, and with how they are found in a development. */
const VERSION = 2;
const BEGINNING = `${VERSION} `;

const UNKNOWN = '?';
const EVER = '>';
const ALWAYS = '<';

const date = (value: number): string | number =>
  Number.isFinite(value) ? value : Number.isNaN(value) ? UNKNOWN : value > 0 ? EVER : ALWAYS;

/** The digest of a development in its negotiation's time zone. */
export function digestOf({ id, kind, act, worth, resets, stance, place, declares, ...facts }: Facts): string {
  const dates = `${date(facts.start)} ${date(facts.end)} ${date(facts.published)}`;
  const common = `${BEGINNING}${id.high} ${id.low} ${kind} ${dates}`;
  if (place)
    return `${common} ${act} ${worth} ${resets ? 1 : 0} ${stance.high} ${stance.low} ${place.ownPoint ? 1 : 0} ${placeText(place)}`;
  return declares ? `${common} ${declares.kind} ${declares.name}` : common;
}

const placeText = ({ parties, issue, point }: Place): string => `${issue} ${point ?? ''} ${parties.join(' ')}`;

function placeIn(text: string, ownPoint: boolean): Place {
  const [issue = '', point = '', ...parties] = text.split(' ');
  return { parties, issue, point: point === '' ? null : point, ownPoint };
}

/** Whether this version wrote it. */
export const isDigest = (digest: string): boolean => digest.startsWith(BEGINNING);

/** A place is said again and again; those of conditions are not. */
const PLACES = 10_000;

/**
 * Reads digests, many in a row. Answers with the facts of each; with undefined for one that another version wrote. It is called for
 * every event of a log: numbers are read letter by letter, and no place is made twice.
 */
export function digestReader(): (digest: string) => Facts | undefined {
  const places = new Map<string, Place>();
  let line = '';
  let at = 0;

  /** The number that begins here; what comes next begins after the space behind it. */
  function number(): number {
    let value = 0;
    const first = line.charCodeAt(at);
    if (first > 57 || first === 45) return special();
    for (;;) {
      const digit = line.charCodeAt(at) - 48;
      at += 1;
      // The space, or the end.
      if (!(digit >= 0)) return value;
      value = value * 10 + digit;
    }
  }

  /** A date that no whole number from 1970 on says. */
  function special(): number {
    const end = line.indexOf(' ', at);
    const text = line.slice(at, end < 0 ? undefined : end);
    at = end < 0 ? line.length : end + 1;
    if (text === UNKNOWN) return Number.NaN;
    return text === EVER ? Number.POSITIVE_INFINITY : text === ALWAYS ? Number.NEGATIVE_INFINITY : Number(text);
  }

  function place(ownPoint: boolean): Place {
    const text = line.slice(at);
    if (ownPoint) return placeIn(text, true);
    let known = places.get(text);
    if (!known) {
      if (places.size >= PLACES) places.clear();
      known = placeIn(text, false);
      places.set(text, known);
    }
    return known;
  }

  function declared(): Facts['declares'] {
    const [kind, name = ''] = line.slice(at).split(' ');
    return kind === 'party' || kind === 'issue' ? { kind, name } : null;
  }

  return (digest) => {
    if (!isDigest(digest)) return undefined;
    line = digest;
    at = BEGINNING.length;
    const id = { high: number(), low: number() };
    const kind = number() as Facts['kind'];
    const [start, end, published] = [number(), number(), number()];
    if (kind !== KIND.position) return { id, kind, start, end, published, declares: declared(), ...NO_POSITION };
    const act = number() as Facts['act'];
    const worth = number() as Facts['worth'];
    const resets = number() === 1;
    const stance = { high: number(), low: number() };
    const ownPoint = number() === 1;
    return { id, kind, start, end, published, declares: null, act, worth, resets, stance, place: place(ownPoint) };
  };
}

const NO_POSITION = { act: ACT.none, worth: WORTH.denial, resets: false, stance: NO_WORDS, place: null } as const;
