import { afterAll, beforeAll, expect, it } from 'vitest';
import { describePage } from './chromium.ts';
import { NEGOTIATION, openSite, type Site } from './site.ts';

const source = {
  publisher: 'The Gazette',
  title: 'Later report',
  url: 'https://gazette.example/later',
  published: '2026-02-28',
};
const MORE = [
  {
    negotiation: NEGOTIATION,
    id: 'X-1',
    type: 'DemandStated',
    occurred: '2026-02-27',
    party: 'turkey',
    issue: 'ceasefire',
    stance: 'Wants a truce of thirty days',
    attribution: 'on-record',
    speaker: { name: 'A. Spokesman', office: 'Foreign ministry' },
    source,
  },
  {
    negotiation: NEGOTIATION,
    id: 'X-2',
    type: 'DevelopmentCorrected',
    corrects: 'X-1',
    changes: { stance: 'Wants a truce of sixty days' },
    source: { publisher: 'The Gazette', title: 'A correction', published: '2026-03-01' },
  },
  {
    negotiation: NEGOTIATION,
    id: 'X-3',
    type: 'DevelopmentCorroborated',
    corroborates: 'X-1',
    source: { publisher: 'The Courier' },
  },
  {
    negotiation: NEGOTIATION,
    id: 'X-4',
    type: 'PositionStated',
    occurred: '2026-02-28',
    party: 'turkey',
    issue: 'ceasefire',
    stance: 'Withdraws its offer to host',
    point: 'host',
    attribution: 'on-record',
    source,
  },
  {
    negotiation: NEGOTIATION,
    id: 'X-5',
    type: 'DevelopmentRetracted',
    retracts: 'X-4',
    reason: 'The report was withdrawn',
  },
] as const;

describePage('The history of a cell', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite(MORE);
  });
  afterAll(() => site?.close());

  it('keeps publisher, title and date in their order where they run from right to left', async () => {
    await site.record({
      negotiation: NEGOTIATION,
      id: 'X-6',
      type: 'PositionStated',
      occurred: '2026-02-28',
      party: 'turkey',
      issue: 'referendum',
      stance: 'Has no view of it',
      source: { publisher: 'صحيفة الميناء', title: 'في المحادثات', published: '2026-02-28' },
    });
    const page = await site.visit('/?party=turkey&issue=referendum');
    const line = page.locator('#entry-X-6 .source');
    const [publisher, title] = [await line.locator('bdi').boundingBox(), await line.locator('cite').boundingBox()];
    expect(publisher?.x).toBeLessThan(title?.x ?? 0);
  });

  it('opens from the cell, takes the focus, and gives it back on Escape', async () => {
    const page = await site.visit();
    await page.getByRole('link', { name: 'Russia on Territory: history' }).click();
    const panel = page.getByRole('complementary', { name: 'History: Russia on Territory' });
    await panel.waitFor();
    expect(await page.evaluate<string>('document.activeElement.tagName')).toBe('H2');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate<string>('document.activeElement.dataset.cell')).toBe('russia/territory');
    await page.goBack();
    await panel.waitFor();
  });

  it('tells how the stance evolved: words, speaker, attribution, source and the three clocks', async () => {
    const page = await site.visit('/?party=russia&issue=territory');
    const entries = page.locator('.entries > li');
    await expect.poll(() => entries.count()).toBe(4);
    const first = await entries.nth(0).innerText();
    expect(first).toContain('Ukrainian troops must leave the four regions');
    expect(first).toMatch(/^new/);
    expect(first).toContain('superseded');
    const second = await entries.nth(1).innerText();
    expect(second).toContain('changed in scope');
    expect(second).toContain('by 13 Feb 2026');
    expect(second).toContain('in force');
    expect(second).toContain('Vladimir Putin, President of Russia');
    expect(second).toContain('as reported');
    expect(second).toContain('The Moscow Times, Third trilateral round set for Geneva, published 13 Feb 2026');
    expect(second).toMatch(/happened\s*by 13 Feb 2026/);
    expect(second).toMatch(/reported\s*13 Feb 2026/);
    expect(second).toMatch(/recorded\s*27 Feb 2026, 09:00 UTC/);
  });

  it('shows a correction and a retraction in place, with what they replaced', async () => {
    const page = await site.visit('/?party=turkey&issue=ceasefire');
    const entries = page.locator('.entries > li');
    await expect.poll(() => entries.count()).toBe(4);
    const wrong = entries.nth(0);
    expect(await wrong.locator('s').innerText()).toBe('Wants a truce of thirty days');
    expect(await wrong.innerText()).toContain('corrected: the record was wrong');
    const right = await entries.nth(1).innerText();
    expect(right).toContain('Wants a truce of sixty days');
    expect(right).toContain('A correction');
    expect(right).toContain('in force');
    expect(await entries.nth(2).locator('s').innerText()).toBe('Withdraws its offer to host');
    expect(await entries.nth(3).innerText()).toContain('Retracted: The report was withdrawn');
    expect(await page.locator('.panel-now .stance').innerText()).toBe('Wants a truce of sixty days');
    expect(await page.locator('.entries').innerText()).toContain('The Courier');
  });

  it('strikes out what was taken back of the record, and gives it no date that it does not have', async () => {
    const common = { negotiation: NEGOTIATION, type: 'DevelopmentRetracted' } as const;
    await site.record(
      { ...MORE[0], id: 'X-7', issue: 'territory' },
      { ...common, id: 'X-8', retracts: 'X-7', reason: 'Misquoted' },
      { ...common, id: 'X-9', retracts: 'X-8', reason: 'It was on tape' },
    );
    const page = await site.visit('/?party=turkey&issue=territory');
    await expect.poll(() => page.locator('.entries > li').count()).toBe(3);
    expect(await page.locator('#entry-X-8 .reason s').innerText()).toBe('Misquoted');
    expect(await page.locator('#entry-X-9 .reason').innerText()).toBe('Retracted: It was on tape');
    expect(await page.locator('#entry-X-9 .reason s').count()).toBe(0);
    expect(await page.locator('#entry-X-9 .clocks dt').allTextContents()).toEqual(['reported', 'recorded', 'id']);
  });

  it('links to the report, safely', async () => {
    const page = await site.visit('/?party=turkey&issue=ceasefire');
    const link = page.getByRole('link', { name: 'Later report' }).first();
    expect(await link.getAttribute('href')).toBe('https://gazette.example/later');
    expect(await link.getAttribute('rel')).toContain('noopener');
  });

  it('draws a lane of typed marks that lead to their entries', async () => {
    const page = await site.visit('/?party=russia&issue=ceasefire&asOf=2026-02-26');
    const lane = page.getByRole('img', { name: 'Lane in time with 4 marks, listed below' });
    await lane.waitFor();
    expect(await lane.locator('.row-name').allTextContents()).toEqual([
      'main point',
      'withdrawal first',
      'local truce',
      'beside the position',
    ]);
    expect(await lane.locator('.span.in-force').count()).toBe(3);
    await lane.locator('g.mark').last().click();
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('entry-R-022');
  });

  it('says so where there is nothing', async () => {
    const page = await site.visit('/?party=turkey&issue=sanctions');
    await expect
      .poll(() => page.locator('.panel').innerText())
      .toContain('Nothing is on record for this cell in this view.');
    expect(await page.locator('.panel-now').innerText()).toBe('no stated position on record');
  });

  it('takes the whole of a phone, with a way back', async () => {
    const page = await site.visit('/?party=russia&issue=territory', { viewport: { width: 360, height: 740 } });
    await page.locator('.entries').waitFor();
    expect(await page.getByRole('table').isVisible()).toBe(false);
    await page.getByRole('link', { name: 'Back to the matrix' }).click();
    await page.getByRole('table').waitFor();
  });
});
