/** Naming what is new on the way: a negotiation is opened, parties and issues are declared. */
import { isTimeZone, ROLES, slug } from '../../../events/index.ts';
import { slugOf, type Tracker } from '../../tracker/index.ts';
import type { Ask, Choice } from './ask.ts';
import { joiningOf, openingOf, raisingOf } from './declare.ts';
import type { Draft } from './field-options.ts';
import { type Known, negotiationChoices } from './known.ts';
import type { Asking } from './questions.ts';

/** One that is on record, or a new one, which is opened. */
export async function askNegotiation(
  ask: Ask,
  tracker: Pick<Tracker, 'negotiations'>,
  declarations: Draft[],
): Promise<string> {
  const choices = negotiationChoices(await tracker.negotiations());
  const picked = await ask.pick({
    message: choices.length === 0 ? 'Which negotiation? (its title; nothing is on record yet)' : 'Which negotiation?',
    choices,
    orNew: (typed) => `open a new one: “${typed}”`,
  });
  if ('known' in picked) return picked.known;
  const negotiation = await askSlug(ask, 'A short name for it?', slugOf(picked.typed, 'negotiation'));
  declarations.push(openingOf(negotiation, picked.typed, await askTimeZone(ask)));
  return negotiation;
}

/** The opening of a negotiation that is named and not open. */
export async function askOpening(ask: Ask, negotiation: string, declarations: Draft[]): Promise<void> {
  const title = await ask.text({ message: `${negotiation} is not open yet. Its title?`, initial: negotiation });
  declarations.push(openingOf(negotiation, title, await askTimeZone(ask)));
}

const askTimeZone = (ask: Ask): Promise<string> =>
  ask.text({
    message: 'Its time zone? (a day is a civil day there)',
    initial: 'UTC',
    check: (answer) => (isTimeZone(answer) ? undefined : 'Write an IANA time zone, such as UTC or Europe/Oslo.'),
  });

const askSlug = (ask: Ask, message: string, initial: string): Promise<string> =>
  ask.text({
    message,
    initial,
    check: (answer) => slug.safeParse(answer).error?.issues[0]?.message,
  });

interface Names {
  readonly parties: Choice[];
  readonly issues: Choice[];
}

/** What can be named: what is on record, and what was declared on the way. */
export function namesWith({ parties, issues }: Known, declarations: readonly Draft[]): Names {
  const declared = (field: string, label: string) =>
    declarations.flatMap((one) =>
      typeof one[field] === 'string' ? [{ value: one[field], label: String(one[label]), hint: 'new' }] : [],
    );
  return {
    parties: [...parties, ...declared('party', 'name')],
    issues: [...issues, ...declared('issue', 'title')],
  };
}

const ROLE_CHOICES = ROLES.map((value) => ({ value, label: value }));

/** Declares, and lets what was declared be completed from then on. */
export function declaringInto(
  ask: Ask,
  negotiation: string,
  { parties, issues, declarations }: Names & { readonly declarations: Draft[] },
): Asking['declaring'] {
  return {
    async party(typed) {
      const party = await askSlug(ask, `A short name for ${typed}?`, slugOf(typed, 'party'));
      const picked = await ask.pick({ message: `${typed} takes part as?`, choices: ROLE_CHOICES });
      const role = ROLES.find((one) => 'known' in picked && one === picked.known);
      declarations.push(joiningOf(negotiation, party, typed, role));
      parties.push({ value: party, label: typed, hint: 'new' });
      return party;
    },
    async issue(typed) {
      const issue = await askSlug(ask, `A short name for ${typed}?`, slugOf(typed, 'issue'));
      declarations.push(raisingOf(negotiation, issue, typed));
      issues.push({ value: issue, label: typed, hint: 'new' });
      return issue;
    },
  };
}
