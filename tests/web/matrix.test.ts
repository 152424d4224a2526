import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describePage } from './chromium.ts';
import { openSite, type Site } from './site.ts';

/** A tree of issues beside those of the record. */
const child = (issue: string, parent: string) =>
  ({ negotiation: 'russia-ukraine', type: 'IssueRaised', issue, title: `Part ${issue}`, parent }) as const;
const TREE = [child('monitoring', 'ceasefire'), child('drones', 'monitoring')];
const WITHDRAWN = {
  negotiation: 'russia-ukraine',
  type: 'PositionWithdrawn',
  occurred: '2026-02-27',
  party: 'turkey',
  issue: 'leaders-summit',
  attribution: 'on-record',
  source: { publisher: 'A paper' },
} as const;
const DENIAL = {
  id: 'denied',
  negotiation: 'russia-ukraine',
  type: 'DevelopmentDenied',
  occurred: '2026-02-28',
  party: 'usa',
  source: { publisher: 'A paper' },
} as const;
const RETRACTED = ['party', 'issue'].map((what) => ({
  negotiation: 'russia-ukraine',
  type: 'DevelopmentRetracted' as const,
  retracts: `unheard-${what}`,
  reason: 'It does not take part.',
}));
const UNDECLARED = [
  {
    id: 'unheard-party',
    negotiation: 'russia-ukraine',
    type: 'PartyJoined',
    party: 'elba',
    name: 'Elba',
    role: 'observer',
  },
  { id: 'unheard-issue', negotiation: 'russia-ukraine', type: 'IssueRaised', issue: 'lemons', title: 'Lemons' },
  {
    id: 'unheard',
    negotiation: 'russia-ukraine',
    type: 'DemandStated',
    party: 'elba',
    issue: 'lemons',
    stance: 'More of them.',
    occurred: '2026-02-27',
    source: { publisher: 'A paper' },
  },
] as const;

describePage('The matrix', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite([...TREE, WITHDRAWN]);
  });
  afterAll(() => site?.close());

  const cell = (party: string, issue: string) => `td:has([data-cell="${party}/${issue}"])`;

  it('is a table of issues by parties', async () => {
    const page = await site.visit();
    const table = page.getByRole('table', { name: /What each party stated/ });
    await table.waitFor();
    await expect(table.getByRole('columnheader').allTextContents()).resolves.toEqual(
      expect.arrayContaining([expect.stringContaining('Russia'), expect.stringContaining('European allies')]),
    );
    expect(await table.getByRole('rowheader').count()).toBe(15);
    expect(await table.getByRole('cell').count()).toBe(15 * 5);
  });

  it('tells in a cell the stance, its conditions and side points, since when, and what stands beside', async () => {
    const page = await site.visit('/?asOf=2025-06-03');
    const text = await page.locator(cell('russia', 'ceasefire')).innerText();
    expect(text).toContain('Refuses an unconditional ceasefire');
    expect(text).toMatch(/condition · on record\s+Will pause its offensive only after Ukraine has left four regions/i);
    expect(text).toMatch(/also · on record\s+Offers/i);
    expect(text).toMatch(/since 2 Jun 2025/);
    expect(text).toMatch(/as reported/);
    expect(text).toMatch(/beside · another party’s account: ukraine\s+Has no wish to end the war/i);
    expect(await page.locator(cell('ukraine', 'ceasefire')).innerText()).toMatch(/affirmed 3 Jun 2025/);
  });

  it('says to the letter where nothing was stated, and keeps a leak beside it', async () => {
    const page = await site.visit('/?asOf=2026-02-13');
    expect(await page.locator(cell('turkey', 'sanctions')).innerText()).toBe('no stated position on record');
    const leak = await page.locator(cell('usa', 'security-guarantees')).innerText();
    expect(leak).toMatch(/^no stated position on record\s+beside · anonymous source/i);
  });

  it('says of a denial which development it is one of, and who denies, by name', async () => {
    const { positions } = await site.tracker.state('russia-ukraine');
    const denies = positions.find(({ party, issue }) => party === 'russia' && issue === 'territory')?.setBy ?? '';
    await site.record({ ...DENIAL, denies });
    const page = await site.visit();
    expect(await page.locator(cell('russia', 'territory')).innerText()).toMatch(
      new RegExp(`denial of ${denies} by United States · as reported\\s+denies it`, 'i'),
    );
    await page.locator(cell('russia', 'territory')).locator('.cell-link').click();
    await page.locator('#entry-denied').waitFor();
    expect(await page.locator('#entry-denied').innerText()).toContain(`denial of ${denies} by United States`);
    expect(await page.locator('.panel-now').innerText()).toMatch(/by United States/i);
  });

  it('tells withdrawn from never stated', async () => {
    const page = await site.visit();
    const text = await page.locator(cell('turkey', 'leaders-summit')).innerText();
    expect(text).toMatch(/^withdrawn/);
    expect(text).not.toContain('no stated position');
    // Struck out, the word would say that nothing was withdrawn.
    const struck = 'getComputedStyle(document.querySelector("p.withdrawn")).textDecorationLine';
    expect(await page.evaluate(struck)).toBe('none');
  });

  it('marks in word and shape what changed since a date', async () => {
    const page = await site.visit('/?asOf=2026-02-26&from=2025-12-01');
    const moved = page.locator(cell('russia', 'territory'));
    await expect.poll(() => moved.locator('.effect').innerText()).toBe('changed in scope');
    expect(await moved.locator('.effect svg path').getAttribute('d')).toBeTruthy();
    expect(await page.locator(cell('russia', 'ceasefire')).locator('.effect').count()).toBe(0);
  });

  it('folds parents, and keeps that in the address', async () => {
    const page = await site.visit();
    await page.getByRole('button', { name: 'Ceasefire' }).click();
    await expect.poll(() => page.getByRole('rowheader').count()).toBe(13);
    expect(await page.getByRole('rowheader', { name: /Ceasefire/ }).innerText()).toContain('2 issues folded');
    await page.reload();
    await page.getByRole('rowheader').first().waitFor();
    await expect.poll(() => page.getByRole('rowheader').count()).toBe(13);
  });

  it('is walked with the arrow keys', async () => {
    const page = await site.visit();
    await page.locator('[data-cell="russia/ceasefire"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const focused = () => page.evaluate<string>('document.activeElement.dataset.cell');
    await expect.poll(focused).toBe('ukraine/monitoring');
    await page.keyboard.press('Control+End');
    await expect.poll(focused).toBe('turkey/referendum');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'History: Turkey on Referendum' }).waitFor();
  });

  it('gives each cell a link that says the whole view', async () => {
    const page = await site.visit('/?asOf=2026-02-13&then=true');
    const link = page.locator('[data-cell="russia/territory"]');
    await link.hover();
    expect(await link.getAttribute('href')).toBe('/?asOf=2026-02-13&then=true&party=russia&issue=territory');
    await page.locator('[data-cell="ukraine/territory"]').focus();
    expect(await page.locator('[data-cell="ukraine/territory"]').getAttribute('href')).toContain('asOf=2026-02-13');
  });

  it.each([1030, 820])('keeps the issues free of what passes below them, %i pixels wide', async (width) => {
    const page = await site.visit('/', { viewport: { width, height: 900 } });
    await page.locator('.matrix-frame').evaluate((frame) => frame.scrollTo(frame.scrollWidth, 0));
    const strangers = await page.locator('.matrix-frame').evaluate((frame) => {
      const [corner, row] = [frame.querySelector('.corner'), frame.querySelector('th[scope="row"]')];
      if (!corner || !row) throw new Error('There is no matrix.');
      const [names, issue] = [corner.parentElement?.getBoundingClientRect(), row.getBoundingClientRect()];
      const ys = [...Array(10).keys()].map((step) => (names?.top ?? 0) + 2 + (step * ((names?.height ?? 0) - 4)) / 9);
      return [...ys, issue.top + 8].flatMap((y) =>
        [2, issue.right / 2, issue.right - 2]
          .map((x) => frame.ownerDocument.elementFromPoint(x, y)?.closest('th, td'))
          .filter((found) => found !== corner && found !== row)
          .map((found) => `${found?.textContent} at ${y}`),
      );
    });
    expect(strangers).toEqual([]);
    expect(await page.locator('.matrix-frame').evaluate((frame) => frame.scrollLeft)).toBeGreaterThan(50);
  });

  it('stacks on a phone without losing a word or scrolling sideways', async () => {
    const page = await site.visit('/', { viewport: { width: 360, height: 740 } });
    const sideways = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(sideways).toBeLessThanOrEqual(0);
    expect(await page.locator(cell('ukraine', 'sanctions')).innerText()).toContain('Ukraine');
    await expect.poll(() => page.getByRole('rowheader').count()).toBe(15);
  });

  describe('of a negotiation that does not exist', () => {
    it('says what is wrong in the words of the server', async () => {
      const page = await site.visit('/?negotiation=russia-ukrane');
      expect(await page.getByRole('alert').innerText()).toContain('did you mean russia-ukraine?');
    });
  });

  it('shows a position also where its party and its issue are no longer declared, under their ids', async () => {
    await site.record(...UNDECLARED);
    await site.record(...RETRACTED);
    const page = await site.visit();
    expect(await page.locator(cell('elba', 'lemons')).innerText()).toContain('More of them.');
    const table = page.getByRole('table', { name: /What each party stated/ });
    await expect(table.getByRole('columnheader').last().innerText()).resolves.toMatch(/^elba\s+not declared$/);
    await expect(table.getByRole('rowheader').last().innerText()).resolves.toBe('lemons');
  });
});
