import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { DevelopmentInput } from '../../events/index.ts';
import { describePage } from './chromium.ts';
import { NEGOTIATION, openSite, type Site } from './site.ts';

const said = (party: string, issue: string, stance: string): DevelopmentInput => ({
  negotiation: NEGOTIATION,
  type: 'DemandStated',
  occurred: '2026-03-01',
  party,
  issue,
  stance,
  attribution: 'on-record',
  source: { publisher: 'The Gazette' },
});

describePage('Live', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  const connection = (page: Page) => expect.poll(() => page.locator('.connection').innerText(), { timeout: 20_000 });
  const cell = (page: Page, party: string, issue: string) => page.locator(`td:has([data-cell="${party}/${issue}"])`);

  it('announces a change, marks its cell, moves nothing, and shows it when asked', async () => {
    const page = await site.visit();
    await connection(page).toBe('live');
    const before = await cell(page, 'turkey', 'territory').boundingBox();
    await site.record(
      said('turkey', 'ceasefire', 'Wants a truce before the spring, and offers to host the talks about it'),
    );
    await expect.poll(() => page.getByRole('log').innerText()).toContain('Turkey on Ceasefire: new: Wants a truce');
    expect(await cell(page, 'turkey', 'ceasefire').innerText()).toContain('no stated position on record');
    expect(await cell(page, 'turkey', 'ceasefire').innerText()).toContain('newer');
    expect(await cell(page, 'turkey', 'territory').boundingBox()).toEqual(before);
    expect(await page.title()).toMatch(/^\(1\) /);
    await page.getByText('1 change recorded').click();
    expect(await page.locator('.tray-sheet li').innerText()).toContain('Turkey on Ceasefire');
    await page.getByRole('button', { name: 'Bring the page up to date' }).click();
    await expect.poll(() => cell(page, 'turkey', 'ceasefire').innerText()).toContain('Wants a truce');
    expect(await page.locator('.tray').count()).toBe(0);
  });

  it('tells the words that the change is about, not those that it left alone', async () => {
    const page = await site.visit();
    await connection(page).toBe('live');
    const told = () => page.locator('.tray-sheet li').first().locator('.told').allInnerTexts();
    const leak = { id: 'T-0', stance: 'Would settle for a pause', attribution: 'anonymous' } as const;
    await site.record({ ...said('turkey', 'ceasefire', leak.stance), ...leak });
    await expect.poll(() => page.getByRole('log').innerText()).toContain('beside: anonymous source: Would settle for');
    await page.getByText('1 change recorded').click();
    expect((await told()).join()).toMatch(/^anonymous source\s+Would settle for a pause$/i);
    await site.record({ ...said('turkey', 'ceasefire', 'Wants it at once'), id: 'T-00' });
    await site.record({
      negotiation: NEGOTIATION,
      type: 'DevelopmentRetracted',
      retracts: 'T-00',
      reason: 'It was somebody else',
      source: { publisher: 'The Gazette' },
    });
    await expect.poll(async () => (await told()).join(' ')).toMatch(/^Wants it at once now\s+Wants a truce/i);
    expect(await page.locator('.tray-sheet li').first().locator('s').innerText()).toBe('Wants it at once');
  });

  it('does not announce corrections and retractions that were recorded before the page was opened', async () => {
    const about = { negotiation: NEGOTIATION, source: { publisher: 'The Gazette' } };
    await site.record(
      { ...said('turkey', 'children-return', 'Would send inspectors'), id: 'T-1' },
      { ...said('turkey', 'referendum', 'Would take in the wounded'), id: 'T-2' },
    );
    await site.record(
      { ...about, type: 'DevelopmentRetracted', retracts: 'T-1', reason: 'Said by somebody else' },
      { ...about, type: 'DevelopmentCorrected', corrects: 'T-2', changes: { stance: 'Would care for the wounded' } },
    );
    const pages = [await site.visit(), await site.visit('/?recordedBy=2026-02-28')];
    for (const page of pages) await connection(page).toBe('live');
    expect(await cell(pages[0] as Page, 'turkey', 'referendum').innerText()).toContain('Would care for the wounded');
    await site.record(said('turkey', 'peace-plan', 'Wants a shorter one'));
    for (const page of pages)
      await expect.poll(() => page.locator('.tray summary').innerText()).toBe('1 change recorded');
    expect(await pages[0]?.locator('.arrived').count()).toBe(1);
  });

  it('follows by itself where one chose so', async () => {
    const page = await site.visit();
    await connection(page).toBe('live');
    await page.getByLabel('follow').check();
    await site.record(said('turkey', 'sanctions', 'Does not take part in sanctions'));
    await expect.poll(() => cell(page, 'turkey', 'sanctions').innerText()).toContain('Does not take part');
    expect(new URL(page.url()).searchParams.get('follow')).toBe('true');
  });

  it.each([1280, 360])(
    'unfolds in sight and moves no title where one can choose a negotiation, %i wide',
    async (width) => {
      await site.record({ negotiation: 'yet-others', type: 'NegotiationOpened', title: 'Yet other talks' });
      const page = await site.visit(`/?negotiation=${NEGOTIATION}`, { viewport: { width, height: 800 } });
      await connection(page).toBe('live');
      const title = await page.locator('h1').boundingBox();
      await site.record(said('turkey', 'ceasefire', `Wants a truce of ${width} hours`));
      await page.getByText('1 change recorded').click();
      const sheet = await page.locator('.tray-sheet').boundingBox();
      expect(sheet?.x).toBeGreaterThanOrEqual(0);
      expect((sheet?.x ?? 0) + (sheet?.width ?? 0)).toBeLessThanOrEqual(width);
      expect((await page.locator('h1').boundingBox())?.x).toBe(title?.x);
    },
  );

  it('says when the server has lost its store, and when it is back', async () => {
    const page = await site.visit();
    await connection(page).toBe('live');
    const status = vi.spyOn(site.tracker, 'status');
    status.mockReturnValue({ ...site.tracker.status(), ready: false, staleSince: Date.UTC(2026, 2, 4) });
    await connection(page).toContain('lost its store');
    status.mockRestore();
    await connection(page).toBe('live');
  });

  it('says when the connection is lost, comes back, and has missed nothing', async () => {
    const page = await site.visit();
    await connection(page).toBe('live');
    await site.down();
    await connection(page).toBe('connection lost, trying again');
    await site.record(
      said('turkey', 'timeline', 'Sees a deal by summer'),
      said('turkey', 'economic', 'Offers its ports'),
    );
    await site.up();
    await connection(page).toBe('live');
    await expect.poll(() => page.locator('.tray summary').innerText()).toBe('2 changes recorded');
    await site.record(said('turkey', 'sovereignty', 'Upholds the borders of 1991'));
    await expect.poll(() => page.locator('.tray summary').innerText()).toBe('3 changes recorded');
  });
});
