import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DevelopmentInput } from '../../events/index.ts';
import { describePage } from './chromium.ts';
import { NEGOTIATION, openSite, type Site } from './site.ts';

const HOSTILE = `<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>{{7*7}} \u202Egnirts "'><svg onload=window.hurt=1>`;
const LONG = 'unbreakable'.repeat(60);

const evil = (fields: object): DevelopmentInput =>
  ({
    negotiation: NEGOTIATION,
    type: 'DemandStated',
    occurred: '2026-03-01',
    party: 'turkey',
    attribution: 'on-record',
    source: {
      publisher: HOSTILE,
      title: HOSTILE,
      url: 'https://evil.example/%22%3E%3Cscript%3Ealert(1)%3C/script%3E?a="onmouseover=window.hurt=1',
      quote: HOSTILE,
    },
    ...fields,
  }) as DevelopmentInput;

const MORE: readonly DevelopmentInput[] = [
  { negotiation: NEGOTIATION, type: 'IssueRaised', issue: 'evil', title: HOSTILE },
  evil({ issue: 'evil', stance: HOSTILE, speaker: { name: HOSTILE, office: HOSTILE }, note: HOSTILE }),
  evil({ issue: 'evil', stance: LONG, point: 'long' }),
  evil({ issue: 'evil', stance: '=HYPERLINK("https://evil.example","click")', point: 'formula' }),
];

describePage('Keeping safe', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite(MORE);
  });
  afterAll(() => site?.close());

  const hurt = (page: Page) => page.evaluate<unknown>('window.hurt');

  it('has a policy without inline script', async () => {
    const answer = await fetch(`${site.url}/`);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self'(;|$)/);
    expect(policy).not.toContain('unsafe-eval');
    const html = await answer.text();
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/i);
  });

  it('keeps hostile text text on every view, and its policy without a complaint', async () => {
    for (const address of ['/', '/?view=compare&from=2026-02-26', '/?view=talks', '/?view=record']) {
      const page = await site.visit(address);
      await page.locator('.connection.is-live').waitFor();
      expect(await hurt(page), address).toBeUndefined();
      expect(await page.locator('main img, main script').count(), address).toBe(0);
      await page.context().close();
    }
    const page = await site.visit('/?party=turkey&issue=evil');
    await page.locator('.entries').waitFor();
    expect(await page.locator('.entries').innerText()).toContain('<script>window.hurt=1</script>');
    const href = await page.locator('.entries .source a').first().getAttribute('href');
    expect(href).toMatch(/^https:\/\/evil\.example\//);
    expect(href).not.toContain('"');
    expect(await hurt(page)).toBeUndefined();
    expect(site.complaints).toEqual([]);
  });

  it('breaks a word that has no end', async () => {
    const page = await site.visit('/', { viewport: { width: 360, height: 740 } });
    await page.locator('.matrix').waitFor();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });

  it('takes hostile text away as text', async () => {
    const page = await site.visit('/');
    await page.locator('.matrix').waitFor();
    await page.getByText('Take away', { exact: true }).click();
    const read = async (name: string) => {
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
      const chunks: Buffer[] = [];
      for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString();
    };
    const svg = await read('Picture (SVG)');
    const parsed = await page.evaluate<string>(
      `[...new DOMParser().parseFromString(${JSON.stringify(svg)}, 'image/svg+xml').querySelectorAll('*')]
        .flatMap((one) => [one.localName, ...one.getAttributeNames()])
        .filter((name) => /^(script|img|foreignObject|parsererror|on.*|href)$/.test(name))
        .join()`,
    );
    expect(parsed).toBe('');
    expect(await read('Table (CSV)')).toContain(`"'=HYPERLINK(""https://evil.example"",""click"")"`);
    await page.getByRole('button', { name: 'Brief (Markdown)' }).click();
    await expect.poll(() => page.locator('.take-text textarea').inputValue()).toContain('\\<script\\>');
    expect(await hurt(page)).toBeUndefined();
  });

  it('is not misled by an address: nothing in it is markup, and an unknown view is the matrix', async () => {
    const page = await site.visit(
      `/?view=${encodeURIComponent('<b>')}&party=${encodeURIComponent(HOSTILE)}&issue=evil&folded=__proto__,constructor`,
    );
    await page.locator('.panel').waitFor();
    expect(await hurt(page)).toBeUndefined();
    expect(await page.locator('.panel h2').innerText()).toContain('<img src=x');
  });

  it('is interactive within 150 KB of compressed script', async () => {
    const page = await site.browser.newPage();
    const scripts = new Map<string, Request>();
    page.on('requestfinished', (request) => request.resourceType() === 'script' && scripts.set(request.url(), request));
    await page.goto(site.url);
    await page.locator('.matrix').waitFor();
    await page.locator('[data-cell="russia/territory"]').focus();
    const sizes = await Promise.all([...scripts.values()].map((request) => request.sizes()));
    const bytes = sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
    expect(bytes).toBeGreaterThan(20 * 1024);
    expect(bytes).toBeLessThan(150 * 1024);
  });
});
