/** Where it was reported, and whose it is: the questions that fill several fields at once. */

import { edtfWords } from '../../../events/edtf-words.ts';
import type { Source } from '../../../events/index.ts';
import { joined } from '../text/lines.ts';
import { type Asking, askDate, today } from './questions.ts';

/** A report recorded from before, or a new one. */
export async function askSource(asking: Asking, occurred: string | undefined): Promise<Partial<Source>> {
  const { ask, known } = asking;
  const picked = await ask.pick({
    message: 'Reported by? (a report from before, or a new publisher)',
    choices: known.sources.map(({ publisher, title, published }, index) => ({
      value: String(index),
      label: joined([publisher, title, published && edtfWords(published)]),
    })),
    orNew: (typed) => `a new report by “${typed}”`,
  });
  const source = 'known' in picked ? known.sources[Number(picked.known)] : undefined;
  if (source) return source;
  const publisher = 'typed' in picked ? picked.typed : '';
  const title = await ask.text({ message: 'Its title? (may be left empty)', optional: true });
  const url = await ask.text({ message: 'Its address? (may be left empty)', example: 'https://…', optional: true });
  const day = occurred !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(occurred) ? occurred : today(asking);
  const published = await askDate(asking, 'Published?', day);
  return { publisher, ...(title === '' ? {} : { title }), ...(url === '' ? {} : { url }), published };
}

/** Whose it is, where it can be one party's or a joint one. */
export async function askWhose(
  asking: Asking,
): Promise<{ readonly party: string } | { readonly parties: readonly string[] }> {
  const { ask, known, declaring } = asking;
  const SEVERAL = '*';
  const joint = known.parties.length > 1 ? [{ value: SEVERAL, label: 'several together (a joint statement)' }] : [];
  const picked = await ask.pick({
    message: 'Which party?',
    choices: [...known.parties, ...joint],
    orNew: (typed) => `declare a new party “${typed}”`,
  });
  if ('typed' in picked) return { party: await declaring.party(picked.typed) };
  if (picked.known !== SEVERAL) return { party: picked.known };
  return { parties: await ask.several({ message: 'Which parties?', choices: known.parties, atLeast: 2 }) };
}
