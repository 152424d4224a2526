/**
 * Digests: the facts of a development as a line of text, kept beside its event, so that the index is made anew without reading and
 * parsing every event. A line that this version did not write says nothing, and the event is read.
 *
 * A line is numbers and names between spaces: the version, the id's hash, the kind, the three dates; for what takes a position, what it
 * does, with which words, and its place; for a set-up, what it declares. No name has a space. Since every line is read at a start without
 * a snapshot, they are short: numbers have 64 digits, from "0" to "o", and a date is counted from the one before it.
 */
import { ACT, type Facts, KIND, type Place, WORTH } from './facts.ts';
import { type Hash, NO_WORDS } from './hash.ts';

/** Changed with the facts, with how they are found in a development, and where the catalogue takes less than before. */
const VERSION = 3;
const BEGINNING = `${VERSION} `;

/** The first of the digits; what is no digit lies before them. */
const ZERO = 48;
const UNKNOWN = '.';
const EVER = '+';
/** Before digits: less than nothing. */
const ALWAYS = '-';

/** @param value a whole number, not negative */
function digits(value: number): string {
  let text = '';
  let left = value;
  do {
    text = String.fromCharCode(ZERO + (left % 64)) + text;
    left = Math.floor(left / 64);
  } while (left > 0);
  return text;
}

const hashText = ({ high, low }: Hash): string => `${digits(high)} ${digits(low)}`;

/** What dates are counted from: the one before, or 1970 where that is no moment. */
const originOf = (before: number): number => (Number.isFinite(before) ? before : 0);

function dateText(moment: number, before = 0): string {
  if (Number.isNaN(moment)) return UNKNOWN;
  if (!Number.isFinite(moment)) return moment > 0 ? EVER : ALWAYS;
  const after = moment - originOf(before);
  return after < 0 ? `${ALWAYS}${digits(-after)}` : digits(after);
}

/** What a position does: two bits for its act, two for its worth, and these. */
const RESETS = 16;
const OWN_POINT = 32;

/** The digest of a development in its negotiation's time zone. */
export function digestOf(facts: Facts): string {
  const { id, kind, start, end, published, act, worth, resets, stance, place, declares } = facts;
  const dates = `${dateText(start)} ${dateText(end, start)} ${dateText(published, end)}`;
  const common = `${BEGINNING}${hashText(id)} ${digits(kind)} ${dates}`;
  if (!place) return declares ? `${common} ${declares.kind} ${declares.name}` : common;
  const does = act | (worth << 2) | (resets ? RESETS : 0) | (place.ownPoint ? OWN_POINT : 0);
  return `${common} ${digits(does)} ${hashText(stance)} ${placeText(place)}`;
}

const placeText = ({ parties, issue, point }: Place): string => `${issue} ${point ?? ''} ${parties.join(' ')}`;

function placeIn(text: string, ownPoint: boolean): Place {
  const [issue = '', point = '', ...parties] = text.split(' ');
  return { parties, issue, point: point === '' ? null : point, ownPoint };
}

/** Whether this version wrote it. */
export const isDigest = (digest: string): boolean => digest.startsWith(BEGINNING);

/** Numbers below this stay numbers of 32 bits with one digit more. */
const SHORT = 1 << 24;

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

  /** The 32 bits that begin here; what comes next begins after the space behind them. */
  function bits(): number {
    let value = 0;
    for (;;) {
      const digit = text.charCodeAt(at) - ZERO;
      at += 1;
      // The space, or the end.
      if (!(digit >= 0)) return value >>> 0;
      value = (value << 6) | digit;
    }
  }

  /** The whole number that begins here, in digits of 64 or of ten. */
  function number(base: 64 | 10): number {
    let value = 0;
    while (value < SHORT) {
      const digit = text.charCodeAt(at) - ZERO;
      at += 1;
      if (!(digit >= 0)) return value;
      value = value * base + digit;
    }
    return longer(value, base);
  }

  /** The rest of a number that may not fit into 32 bits: those that do are read faster by themselves. */
  function longer(begun: number, base: number): number {
    let value = begun;
    for (;;) {
      const digit = text.charCodeAt(at) - ZERO;
      at += 1;
      if (!(digit >= 0)) return value;
      value = value * base + digit;
    }
  }

  /** The date that begins here. @param before the one it is counted from */
  function date(before: number): number {
    return text.charCodeAt(at) < ZERO ? special(before) : originOf(before) + number(64);
  }

  function special(before: number): number {
    const sign = text[at];
    at += 1;
    if (sign === ALWAYS && text.charCodeAt(at) >= ZERO) return originOf(before) - number(64);
    at += 1;
    return sign === UNKNOWN ? Number.NaN : sign === EVER ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
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
    /** a number in digits of ten */
    decimal: (): number => number(10),
    /** where the next line begins */
    next: (): number => end + 1,
    /** Reads the facts of the digest that begins here, to the end of its line; says whether this version wrote it. */
    facts(into: Draft): boolean {
      if (!text.startsWith(BEGINNING, at)) return false;
      at += BEGINNING.length;
      into.id.high = bits();
      into.id.low = bits();
      into.kind = bits() as Facts['kind'];
      into.start = date(0);
      into.end = date(into.start);
      into.published = date(into.end);
      const isPosition = into.kind === KIND.position;
      const does = isPosition ? bits() : ACT.none | (WORTH.denial << 2);
      into.act = (does & 3) as Facts['act'];
      into.worth = ((does >> 2) & 3) as Facts['worth'];
      into.resets = (does & RESETS) !== 0;
      into.stance.high = isPosition ? bits() : NO_WORDS.high;
      into.stance.low = isPosition ? bits() : NO_WORDS.low;
      into.place = isPosition ? place((does & OWN_POINT) !== 0) : null;
      into.declares = isPosition ? null : declared();
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
      moment += reading.decimal();
      const read = draftAt(facts.length);
      if (!reading.facts(read)) break;
      facts.push(read);
      recorded.push(moment);
    }
    return { facts, recorded };
  };
}
