/** What the terminal shows beside agreements, rounds, plans and exchanges: who denies them. */
import { expect, it } from 'vitest';
import { proceedingsOf } from '../../src/cli/view/proceedings.ts';
import { openStore } from '../../src/store/open.ts';
import { openTracker } from '../../src/tracker/index.ts';
import { deniedIn } from '../support/denied.ts';
import { NEGOTIATION } from '../support/tracker.ts';

async function shown(asOf: string): Promise<readonly string[]> {
  const tracker = openTracker({ store: await openStore('sqlite::memory:') });
  try {
    await tracker.record(deniedIn(NEGOTIATION));
    const lines = proceedingsOf(await tracker.state(NEGOTIATION, { asOf }), 100);
    return lines.map(({ text }) => text);
  } finally {
    await tracker.close();
  }
}

it('a denial stands below what it denies, with who, how it is known, since when, and its id', async () => {
  const text = (await shown('2026-02-20')).join('\n');
  expect(text).toContain(
    [
      '    The North sends I. Rudder (head)',
      '    beside: The South denies round (as reported, 12 Feb 2026, no-round)',
      '    beside: The North denies sent: Nobody was named. (as reported, 13 Feb 2026, no-sent)',
    ].join('\n'),
  );
  expect(text).toContain(
    [
      '    The crews go home.',
      '    beside: The South denies crews: We hold no crews. (as reported, 15 Feb 2026, no-crews)',
    ].join('\n'),
  );
  expect(text).toMatch(
    / {4}version 2, 4 Feb 2026 .*\n {6}beside: The North denies plan-2: There is one version\. \(as reported, 14 Feb 2026, no-plan-2\)$/m,
  );
  expect(text).toContain(
    [
      '    No nets in May.',
      '    beside: The South denies truce: Nothing was agreed on nets. (as reported, 11 Feb 2026, no-truce)',
    ].join('\n'),
  );
});

it('before that day, it does not', async () => {
  expect((await shown('2026-02-10')).join('\n')).not.toContain('beside:');
});
