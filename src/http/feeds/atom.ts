/** Position changes as an Atom feed (RFC 4287). */
import { Feed } from 'feed';
import { dayWords } from '../../../events/edtf-words.ts';
import {
  type Change,
  type Effect,
  NO_POSITION,
  type Position,
  type Standard,
  type State,
} from '../../../projections/index.ts';
import { isAboutRecord, standing, type Told, toldOf } from '../../../projections/moved.ts';
import { meets } from '../../../projections/standards.ts';
import { besideWords, changeWords, knownWords, type Names, namesOf, typeWords } from '../../../projections/words.ts';

export interface FeedContext {
  /** the address of this server, without a slash at the end */
  readonly base: string;
  /** path and query of the feed itself */
  readonly self: string;
  readonly negotiation: string;
  readonly standard: Standard;
  readonly state: Pick<State, 'title' | 'parties' | 'issues'>;
  readonly updated: Date;
}

/** @param changes the newest first */
export function atomOf(changes: readonly Change[], context: FeedContext): string {
  const { base, self, negotiation, standard, state, updated } = context;
  const names = namesOf(state);
  const feed = new Feed({
    id: `urn:demarche:${negotiation}:changes:${encodeURIComponent(self)}`,
    title: `${plain(state.title)}: changes of position${standard === 'stated' ? '' : `, standard ${standard}`}`,
    updated,
    generator: 'Demarche',
    author: { name: 'Demarche' },
    link: `${base}/?${new URLSearchParams({ negotiation })}`,
    feedLinks: { atom: `${base}${self}` },
  });
  for (const change of changes) {
    const heading = `${names.party(change.party)}, ${names.issue(change.issue)}: ${changeWords(change)}`;
    feed.addItem({
      id: `urn:demarche:${negotiation}:${change.standard}:${change.cursor}`,
      title: html(heading),
      link: `${base}${pageLink(change)}`,
      date: new Date(change.recorded),
      published: new Date(change.recorded),
      description: body(change, names),
      category: [{ term: change.party }, { term: change.issue }, { term: change.change }],
    });
  }
  return feed.atom1();
}

/** The page with the view right after the change, on the cell it is about. */
function pageLink({ link, negotiation, party, issue, standard }: Change): string {
  const query = new URLSearchParams({ negotiation });
  for (const [name, value] of new URL(link, 'http://localhost').searchParams) query.set(name, value);
  if (standard !== 'stated') query.set('standard', standard);
  query.set('party', party);
  query.set('issue', issue);
  return `/?${query}`;
}

function body(change: Change, names: Pick<Names, 'party'>): string {
  const { before, after, development, type } = change;
  const lines = [
    ...toldOf(change).map((told) => `<p>${html(partWords(told, change.change, names))}</p>`),
    `<p>Now: ${html(held(after))}</p>`,
    `<p>Before: ${html(held(before))}</p>`,
    `<p>By ${html(development)} (${typeWords(type)})</p>`,
  ];
  return lines.join('');
}

/** How a position stands, and since when: a correction of a date leaves its words as they were. */
function held(position: Position | null): string {
  const { since = null, lastAffirmed = null } = position ?? {};
  const affirmed = lastAffirmed === null || lastAffirmed === since ? '' : `, affirmed ${dayWords(lastAffirmed)}`;
  return `${standing(position, WORDS)}${since === null ? '' : ` (since ${dayWords(since)}${affirmed})`}`;
}

/** The words that the change is about. */
function partWords(told: Told, effect: Effect, names: Pick<Names, 'party'>): string {
  if (told.kind === 'beside') {
    const where = told.isGone ? 'No longer beside it' : isAboutRecord(effect) ? 'Now beside it' : 'Beside it';
    return `${where} (${knownWords(told.beside, names)}): ${besideWords(told.beside, names)}`;
  }
  const { point, act, stance } = told.point;
  const which = act === 'ConditionAttached' ? 'Condition' : point === 'main' ? 'Headline' : 'Side point';
  const known = meets('stated', told.point.attribution) ? '' : ` (${knownWords(told.point, names)})`;
  return `${which}${known}${told.kind === 'ended' ? ', no longer' : ''}: ${stance ?? NO_WORDS}`;
}

const NO_WORDS = 'no words on record';
const WORDS = { none: NO_POSITION, unsaid: NO_WORDS };

/** What XML 1.0 cannot hold is left out. */
const plain = (text: string): string => text.replace(/[\ufffe\uffff]/g, '');
const html = (text: string): string =>
  plain(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
