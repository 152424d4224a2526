/**
 * Digests: the facts of a development as a line of text, kept beside its event, so that the index is made anew without reading and
 * parsing every event. A line that this version did not write says nothing, and the event is read.
 *
 * A line is numbers and names between spaces: the version, the id's hash, the kind, the three dates; for what takes a position, what it
 * does and with which words, then its place; for a set-up, what it declares. No name has a space.
 */
import { ACT, type Facts, KIND, type Place, WORTH } from './facts.ts';
import { type Hash, NO_WORDS } from './hash.ts';

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

/** Whole numbers below this stay whole numbers of 32 bits with one digit more. */
const SHORT = 100_000_000;

/** A place is said again and again; those of conditions are not. */
const PLACES = 10_000;

/**
 * Reads digests, many in a row. It is called for every event of a log: numbers are read letter by letter, no line is cut out of its text,
 * and no place is made twice.
 */
function cursor() {
  const places = new Map<string, Place>();
  let text = '';
  let at = 0;
  /** where the line ends in which `at` lies */
  let end = 0;

  /** The number that begins here; what comes next begins after the space behind it. */
  function number(): number {
    let value = 0;
    const first = text.charCodeAt(at);
    if (first > 57 || first === 45) return special();
    while (value < SHORT) {
      const digit = text.charCodeAt(at) - 48;
      at += 1;
      // The space, or the end.
      if (!(digit >= 0)) return value;
      value = value * 10 + digit;
    }
    return longer(value);
  }

  /** The rest of a number that may not fit into 32 bits: those that do are read faster by themselves. */
  function longer(begun: number): number {
    let value = begun;
    for (;;) {
      const digit = text.charCodeAt(at) - 48;
      at += 1;
      if (!(digit >= 0)) return value;
      value = value * 10 + digit;
    }
  }

  /** A date that no whole number from 1970 on says. */
  function special(): number {
    const space = text.indexOf(' ', at);
    const stop = space < 0 || space > end ? end : space;
    const word = text.slice(at, stop);
    at = stop + 1;
    if (word === UNKNOWN) return Number.NaN;
    return word === EVER ? Number.POSITIVE_INFINITY : word === ALWAYS ? Number.NEGATIVE_INFINITY : Number(word);
  }

  function place(ownPoint: boolean): Place {
    const words = text.slice(at, end);
    if (ownPoint) return placeIn(words, true);
    let known = places.get(words);
    if (!known) {
      if (places.size >= PLACES) places.clear();
      known = placeIn(words, false);
      places.set(words, known);
    }
    return known;
  }

  function declared(): Facts['declares'] {
    if (at >= end) return null;
    const [kind, name = ''] = text.slice(at, end).split(' ');
    return kind === 'party' || kind === 'issue' ? { kind, name } : null;
  }

  return {
    /** Goes to the beginning of a line. */
    open(lines: string, from: number): void {
      text = lines;
      at = from;
      const stop = lines.indexOf('\n', from);
      end = stop < 0 ? lines.length : stop;
    },
    number,
    /** where the next line begins */
    next: (): number => end + 1,
    /** Reads the facts of the digest that begins here, to the end of its line; says whether this version wrote it. */
    facts(into: Draft): boolean {
      if (!text.startsWith(BEGINNING, at)) return false;
      at += BEGINNING.length;
      into.id.high = number();
      into.id.low = number();
      into.kind = number() as Facts['kind'];
      into.start = number();
      into.end = number();
      into.published = number();
      const isPosition = into.kind === KIND.position;
      into.declares = isPosition ? null : declared();
      into.act = isPosition ? (number() as Facts['act']) : ACT.none;
      into.worth = isPosition ? (number() as Facts['worth']) : WORTH.denial;
      into.resets = isPosition && number() === 1;
      into.stance.high = isPosition ? number() : NO_WORDS.high;
      into.stance.low = isPosition ? number() : NO_WORDS.low;
      into.place = isPosition ? place(number() === 1) : null;
      return true;
    },
  };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
/** Facts that are written over by the next. */
type Draft = Writable<Omit<Facts, 'id' | 'stance'>> & { readonly id: Writable<Hash>; readonly stance: Writable<Hash> };

const draft = (): Draft => ({
  ...{ id: { high: 0, low: 0 }, kind: KIND.other, start: Number.NaN, end: Number.NaN, published: Number.NaN },
  ...{ act: ACT.none, worth: WORTH.denial, resets: false, stance: { high: 0, low: 0 }, place: null, declares: null },
});

/** Reads digests one by one. Answers with the facts of each; with undefined for one that another version wrote. */
export function digestReader(): (digest: string) => Facts | undefined {
  const reading = cursor();
  return (digest) => {
    const facts = draft();
    reading.open(digest, 0);
    return reading.facts(facts) ? facts : undefined;
  };
}

/** What was read of a page of digests. */
export interface Digested {
  /** as far as this version wrote them */
  readonly facts: readonly Facts[];
  /** when the event of each was recorded, in milliseconds since 1970 */
  readonly recorded: readonly number[];
}

/**
 * Reads pages of digests: each in a line, behind the milliseconds since the event of the line before was recorded (for the first, since
 * 1970) and a space. What it answers holds until the next page is read: the facts of that are written over these, so that a million
 * events leave no garbage.
 */
export function digestPageReader(): (lines: string) => Digested {
  const reading = cursor();
  const drafts: Draft[] = [];
  const draftAt = (place: number): Draft => {
    const known = drafts[place] ?? draft();
    if (place === drafts.length) drafts.push(known);
    return known;
  };
  return (lines) => {
    const facts: Facts[] = [];
    const recorded: number[] = [];
    let moment = 0;
    for (let from = 0; from < lines.length; from = reading.next()) {
      reading.open(lines, from);
      moment += reading.number();
      const read = draftAt(facts.length);
      if (!reading.facts(read)) break;
      facts.push(read);
      recorded.push(moment);
    }
    return { facts, recorded };
  };
}
