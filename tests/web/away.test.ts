/** What the page has not fetched yet when the server is away, or has it no more under that name. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describePage } from './chromium.ts';
import { NEGOTIATION, openSite, type Site } from './site.ts';

/** What is asked for first when the server is away already, and where it would be seen. */
const LATER = [
  ['a history', (page: Page) => page.locator('[data-cell="russia/territory"]').click(), '.entries'],
  ['two dates', (page: Page) => page.getByRole('link', { name: 'Two dates' }).click(), '.compare-head'],
  ['proceedings', (page: Page) => page.getByRole('link', { name: 'Proceedings' }).click(), '.round'],
  ['recording', (page: Page) => page.getByRole('link', { name: 'Record', exact: true }).click(), '.record'],
] as const;

const ADDRESS = `/?negotiation=${NEGOTIATION}&from=2025-06-03&asOf=2026-02-13&then=true`;

describePage('A part of the page that does not come', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  const again = (page: Page) => page.getByRole('button', { name: 'Load it again' });

  it.each(LATER)(
    'while the server is away, leaves the rest and the address as they are: %s',
    async (_, open, shown) => {
      const page = await site.visit(ADDRESS);
      await page.locator('.matrix').waitFor();
      await site.down();
      await open(page);
      await expect.poll(() => page.getByRole('alert').innerText()).toContain('could not be loaded');
      const address = page.url();
      expect(address).toContain('asOf=2026-02-13');
      expect(await page.locator('.masthead h1').innerText()).not.toBe(NEGOTIATION);
      await again(page).click();
      await expect.poll(() => page.locator('.load-again').innerText()).toContain('cannot be reached yet');
      await site.up();
      await again(page).click();
      await page.locator(shown).first().waitFor();
      expect(page.url()).toBe(address);
      expect(await again(page).count()).toBe(0);
      await page.context().close();
    },
  );

  it('leaves the matrix on screen beside a history, which can be closed', async () => {
    const page = await site.visit(ADDRESS);
    await page.locator('.matrix').waitFor();
    // As after an update, when the page on screen is the one before.
    await page.route('**/assets/panel-*', (route) => route.fulfill({ status: 404, body: '' }));
    await page.locator('[data-cell="russia/territory"]').click();
    await expect.poll(() => page.locator('.panel').innerText()).toContain('could not be loaded');
    expect(await page.locator('.matrix').count()).toBe(1);
    await page.getByRole('link', { name: 'Close the history' }).click();
    expect(await page.locator('.panel').count()).toBe(0);
    await page.locator('[data-cell="russia/territory"]').click();
    await page.unroute('**/assets/panel-*');
    await again(page).click();
    await page.locator('.entries').waitFor();
  });
});
