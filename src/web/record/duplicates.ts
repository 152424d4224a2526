/** Is this on record already, in other words? A guess for people to look at; nothing is refused for it. */
import { ALIKE, ALIKE_TOLD, APART_MS, likeness, wordsOf } from '../../../projections/alike.ts';
import type { ChronicleEntry } from '../../../projections/answers.ts';
import { drawnSpan } from '../moments.ts';

export interface Candidate {
  readonly url: string | undefined;
  readonly parties: readonly string[];
  readonly issue: string | undefined;
  readonly occurred: string | undefined;
  readonly words: string;
}

export interface Duplicate {
  readonly entry: ChronicleEntry;
  /** the same report is on record */
  readonly sameReport: boolean;
}

/** What it may repeat, likeliest first: by the same parties, on the same issue, at about the same time, in like words. */
export function likelyDuplicates(candidate: Candidate, chronicle: readonly ChronicleEntry[]): readonly Duplicate[] {
  const words = wordsOf(candidate.words);
  if (words.size === 0) return [];
  return chronicle
    .filter((entry) => entry.effective !== null && entry.status !== 'retracted' && entry.status !== 'merged')
    .filter((entry) => shares(candidate.parties, entry.parties) && (candidate.issue ?? null) === entry.issue)
    .map((entry) => {
      const sameReport = candidate.url !== undefined && entry.source?.url === candidate.url;
      const near = isNear(candidate.occurred, entry.occurred);
      return { entry, sameReport, alike: near ? likeness(words, wordsOf(entry.headline)) + (sameReport ? 0.2 : 0) : 0 };
    })
    .filter(({ alike }) => alike >= ALIKE)
    .sort((a, b) => b.alike - a.alike)
    .slice(0, ALIKE_TOLD);
}

const shares = (ours: readonly string[], theirs: readonly string[]): boolean =>
  ours.length === 0 ? theirs.length === 0 : ours.some((party) => theirs.includes(party));

function isNear(occurred: string | undefined, other: string | null): boolean {
  const [a, b] = [drawnSpan(occurred ?? ''), drawnSpan(other ?? '')];
  return a !== undefined && b !== undefined && a[0] - APART_MS <= b[1] && b[0] - APART_MS <= a[1];
}
