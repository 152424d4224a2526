import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describePage } from './chromium.ts';
import { openSite, type Site } from './site.ts';

describePage('Time', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  const slider = (page: Page) => page.getByRole('slider', { name: 'As of' });
  const query = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);
  const asOf = (page: Page) => expect.poll(() => query(page, 'asOf'));
  const banner = (page: Page) => page.locator('.banner');
  const territory = (page: Page) => page.locator('td:has([data-cell="russia/territory"])');

  it('is now, without a banner, until one goes elsewhere', async () => {
    const page = await site.visit();
    await territory(page).waitFor();
    expect(await slider(page).getAttribute('aria-valuetext')).toBe('now');
    expect(await banner(page).count()).toBe(0);
  });

  it('has no dates where nothing on record has one', async () => {
    await site.record({ negotiation: 'untouched', type: 'NegotiationOpened', title: 'Only begun' });
    const page = await site.visit('/?negotiation=untouched');
    await page.getByRole('heading', { name: 'Only begun' }).waitFor();
    await slider(page).locator('.axis').first().waitFor({ state: 'attached' });
    expect(await slider(page).locator('.tick').count()).toBe(0);
    const dated = await site.visit();
    await territory(dated).waitFor();
    await dated.locator('.tick').first().waitFor();
  });

  it('steps by development, by day and by round with the keys of a slider', async () => {
    const page = await site.visit();
    await territory(page).waitFor();
    await slider(page).focus();
    await page.keyboard.press('ArrowLeft');
    await asOf(page).toBe('2026-02-26');
    await page.keyboard.press('Shift+ArrowLeft');
    await asOf(page).toBe('2026-02-25');
    await page.keyboard.press('PageDown');
    await asOf(page).toBe('2026-02-17');
    await page.keyboard.press('Home');
    await asOf(page).toBe('2025-01-31');
    await page.keyboard.press('ArrowRight');
    await asOf(page).toBe('2025-06-01');
    await page.keyboard.press('PageUp');
    await asOf(page).toBe('2025-06-02');
    await page.keyboard.press('End');
    await asOf(page).toBeNull();
  });

  it('says at each step where it is and what happened', async () => {
    const page = await site.visit('/?asOf=2025-06-02');
    await expect
      .poll(() => slider(page).getAttribute('aria-valuetext'))
      .toMatch(/^2 June 2025: step \d+ of \d+, \d+ developments; /);
  });

  it('snaps to a development when dragged, and leaves one step behind in the history', async () => {
    const page = await site.visit();
    await territory(page).waitFor();
    const box = await slider(page).boundingBox();
    if (!box) throw new Error('the slider has no place');
    const y = box.y + 30;
    await page.mouse.move(box.x + box.width * 0.9, y);
    await page.mouse.down();
    for (const part of [0.8, 0.72, 0.7]) await page.mouse.move(box.x + box.width * part, y);
    await page.mouse.up();
    await asOf(page).toMatch(/^2025-11-2[34]$/);
    await expect.poll(() => territory(page).innerText()).toContain('four regions');
    await page.waitForTimeout(400);
    await page.goBack();
    await asOf(page).toBeNull();
    await expect.poll(() => territory(page).innerText()).toContain('Donbas');
  });

  it('says in a banner which view it is, and leads back to now', async () => {
    const page = await site.visit('/?asOf=2026-02-26&then=true&recordedBy=2026-02-28&standard=strict');
    await expect
      .poll(() => banner(page).innerText())
      .toContain(
        'As of 26 February 2026, end of day UTC, as then known, as recorded by 28 February 2026, end of day UTC, standard “strict” (on record only).',
      );
    await banner(page).getByRole('link', { name: 'Return to now' }).click();
    await banner(page).waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('');
  });

  it('tells hindsight from what was known then: on 2 June the report of 3 June is not yet known', async () => {
    const page = await site.visit('/?asOf=2025-06-02');
    const ceasefire = page.locator('td:has([data-cell="ukraine/ceasefire"])');
    await expect.poll(() => ceasefire.innerText()).toContain('full and unconditional');
    await page.getByText('as then known', { exact: true }).click();
    await expect.poll(() => ceasefire.innerText()).toBe('no stated position on record');
    expect(query(page, 'then')).toBe('true');
    await page.goBack();
    await expect.poll(() => ceasefire.innerText()).toContain('full and unconditional');
    await page.goForward();
    await expect.poll(() => ceasefire.innerText()).toBe('no stated position on record');
  });

  it('looks with what was known on another day, and with another standard', async () => {
    const page = await site.visit('/?asOf=2026-02-13');
    await territory(page).waitFor();
    await page.getByText('known on…', { exact: true }).click();
    await page.getByLabel('Known on', { exact: true }).fill('2026-02-12');
    await expect.poll(() => territory(page).innerText()).toContain('four regions');
    await page.getByLabel('Standard').selectOption('all');
    await page.getByText('with hindsight', { exact: true }).click();
    await expect.poll(() => page.locator('td:has([data-cell="ukraine/referendum"]) .stance').count()).toBe(1);
    expect(new URL(page.url()).search).toBe('?asOf=2026-02-13&standard=all');
  });

  it('knows what was not yet recorded', async () => {
    const page = await site.visit('/?view=talks&recordedBy=2026-02-27');
    await expect.poll(() => page.locator('.exchanges').innerText()).toContain('300+');
    await page.getByLabel('Recorded by').fill('2026-03-03');
    await expect.poll(() => page.locator('.exchanges').innerText()).toContain('157');
  });

  it('plays through the developments and stops at now', async () => {
    const page = await site.visit('/?asOf=2026-02-18');
    await territory(page).waitFor();
    await page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => query(page, 'asOf'), { timeout: 15_000 }).toBeNull();
    await page.getByRole('button', { name: 'Play' }).waitFor();
  });

  it('takes a date that is typed, and no half of one', async () => {
    const page = await site.visit();
    await territory(page).waitFor();
    await page.getByLabel('As of', { exact: true }).and(page.locator('input')).fill('2025-11-24');
    await asOf(page).toBe('2025-11-24');
    await page.getByRole('button', { name: 'Now' }).click();
    await asOf(page).toBeNull();
  });

  it('refuses in words a date that cannot be read', async () => {
    const page = await site.visit('/?asOf=yesterday');
    expect(await page.getByRole('alert').innerText()).toContain('asOf');
  });
});
