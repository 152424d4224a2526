import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describePage } from './chromium.ts';
import { openSite, type Site } from './site.ts';

describePage('To take away', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  const open = async (address: string): Promise<Page> => {
    const page = await site.visit(address);
    await page.locator('.matrix').waitFor();
    await page.getByText('Take away', { exact: true }).click();
    return page;
  };
  const download = async (page: Page, name: string): Promise<Download> => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
    return file;
  };
  const content = async (file: Download): Promise<Buffer> => readFile(await file.path());

  it('is a picture of the matrix with dates, gates and sources burned in, as SVG and PNG', async () => {
    const page = await open('/?asOf=2026-02-13&then=true&from=2025-12-01');
    const file = await download(page, 'Picture (SVG)');
    expect(file.suggestedFilename()).toBe('russia-ukraine_2026-02-13.svg');
    const words = (await content(file))
      .toString()
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ');
    expect(words).toContain(
      'As of 13 February 2026, end of day UTC, as then known; marked: what moved since 1 December 2025',
    );
    expect(words).toContain('no stated position on record');
    expect(words).toContain('changed in scope');
    expect(words).toContain('Sources: News agency report, 3 June 2025');
    expect(words).toMatch(/as recorded by \d+ \w+ \d{4}/);
    const png = await content(await download(page, 'Picture (PNG)'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.length).toBeGreaterThan(50_000);
  });

  it('is a picture of a lane', async () => {
    const page = await site.visit('/?party=russia&issue=territory&asOf=2026-02-26');
    await page.locator('.take-lane').waitFor();
    const words = (await content(await download(page, 'SVG'))).toString().replaceAll(/<[^>]+>/g, ' ');
    expect(words).toContain('Russia on Territory');
    expect(words).toContain('four regions');
    expect(words).toContain('The Moscow Times');
    const png = await content(await download(page, 'PNG'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
  });

  it('is a table for a spreadsheet', async () => {
    const page = await open('/?asOf=2025-06-03');
    const text = (await content(await download(page, 'Table (CSV)'))).toString();
    const rows = parse(text, { columns: true, relax_column_count: true }) as Record<string, string>[];
    const cells = rows.filter(({ party, issue }) => party === 'russia' && issue === 'ceasefire');
    expect(cells.map(({ status, point }) => [status, point])).toEqual([
      ['held', 'main'],
      ['held', 'withdrawal-first'],
      ['held', 'local-truce'],
      ['beside', ''],
    ]);
    expect(rows.filter(({ stance }) => stance === 'no stated position on record').length).toBeGreaterThan(50);
    expect(text).toContain('"As of 3 June 2025, end of day UTC, with hindsight"');
  });

  it('is a citation with both dates, whose link shows the same again', async () => {
    const page = await open('/?asOf=2026-02-13');
    await page.getByRole('button', { name: 'Citation' }).click();
    const text = page.locator('.take-text textarea');
    await expect.poll(() => text.inputValue()).toMatch(/As of 13 February 2026, end of day UTC, as known on \d/);
    const [link = ''] = /http:\S+/.exec(await text.inputValue()) ?? [];
    const query = new URL(link).searchParams;
    expect([query.get('asOf'), Boolean(query.get('knownOn')), Boolean(query.get('recordedBy'))]).toEqual([
      '2026-02-13',
      true,
      true,
    ]);
    const again = await site.visit(link.slice(site.url.length));
    const words = (shown: Page) => shown.locator('.matrix tbody').innerText();
    await again.locator('.matrix').waitFor();
    expect(await words(again)).toBe(await words(page));
  });

  it('is a brief in Markdown, each sentence with its source', async () => {
    const page = await open('/?asOf=2026-02-13&from=2025-12-01');
    await page.getByRole('button', { name: 'Brief (Markdown)' }).click();
    const text = page.locator('.take-text textarea');
    await expect
      .poll(() => text.inputValue())
      .toContain('# Russia–Ukraine peace talks: what was stated, 1 December 2025');
    const sentences = (await text.inputValue()).split('\n').filter((line) => line.startsWith('- '));
    expect(sentences.length).toBeGreaterThan(10);
    for (const sentence of sentences) expect(sentence).toMatch(/Source: .+\. \[[\w-]+\]$/);
    const file = await download(page, 'Save');
    expect(file.suggestedFilename()).toBe('russia-ukraine_brief_2026-02-13.md');
  });

  it('is paper: the view without its controls, with the citation below', async () => {
    const page = await site.visit('/?asOf=2026-02-13');
    await page.locator('.matrix').waitFor();
    await page.emulateMedia({ media: 'print' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('.controls').isVisible()).toBe(false);
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    expect(await page.locator('.print-foot').innerText()).toContain('As of 13 February 2026');
    expect(await page.locator('.print-foot').innerText()).toContain('Sources: ');
    expect((await page.pdf({ format: 'A4', landscape: true })).length).toBeGreaterThan(10_000);
  });

  it('folds away on Escape, and gives the focus back', async () => {
    const page = await open('/');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('button', { name: 'Citation' }).isVisible()).toBe(false);
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Take away');
  });
});
