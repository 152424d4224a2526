import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describePage } from './chromium.ts';
import { openSite, type Site } from './site.ts';

interface View {
  readonly name: string;
  readonly address: string;
  readonly ready: string;
  readonly prepare?: (page: Page) => Promise<unknown>;
}

const VIEWS: readonly View[] = [
  { name: 'the matrix', address: '/', ready: '.matrix' },
  { name: 'the past, with marks', address: '/?asOf=2026-02-13&then=true&from=2025-06-03', ready: '.moved' },
  { name: 'a history', address: '/?party=ukraine&issue=territory', ready: '.entries' },
  { name: 'two dates', address: '/?view=compare&from=2025-06-03&asOf=2026-02-26', ready: '.moved-row' },
  { name: 'proceedings', address: '/?view=talks&asOf=2026-02-13', ready: '.possible' },
  {
    name: 'the form, with faults and a preview',
    address: '/?view=record',
    ready: '.record',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Record', exact: true }).click();
      await page.locator('[data-field="issue"]').selectOption('territory');
      await page.getByLabel('Ukraine', { exact: true }).check();
      await page.locator('[data-field="source.publisher"]').fill('The Gazette');
      await page.locator('[data-field="stance"]').fill('Rejects outright to withdraw from the Donbas');
      await page.locator('[data-field="occurred"]').fill('2026-02-13');
      await page.locator('.preview-cell').waitFor();
      await page.locator('.duplicates').waitFor();
    },
  },
  {
    name: 'the sheet of what to take away',
    address: '/',
    ready: '.matrix',
    prepare: async (page) => {
      await page.getByText('Take away', { exact: true }).click();
      await page.getByRole('button', { name: 'Citation' }).click();
      await page.locator('.take-text').waitFor();
    },
  },
  { name: 'a refusal', address: '/?asOf=yesterday', ready: '.trouble' },
];

const SIZES = [
  { width: 1440, height: 900 },
  { width: 360, height: 740 },
];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

describePage('For everybody', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  async function findings(page: Page, runOnly: readonly string[]): Promise<readonly string[]> {
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<axe.AxeResults>(`axe.run({ runOnly: ${JSON.stringify(runOnly)} })`);
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
  }

  it('tells a refusal once, with the field that it is about', async () => {
    const page = await site.visit('/?asOf=yesterday');
    const trouble = await page.locator('.trouble').innerText();
    expect(trouble.match(/this is not a date/g)).toHaveLength(1);
    expect(await page.locator('.trouble code').innerText()).toBe('asOf');
  });

  for (const { name, address, ready, prepare } of VIEWS)
    it(`axe finds nothing on ${name}, wide and narrow, light and dark`, async () => {
      const page = await site.visit(address);
      await page.locator(ready).first().waitFor();
      await prepare?.(page);
      for (const viewport of SIZES)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.setViewportSize(viewport);
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          // Of all the rules, only contrast can tell dark from light.
          const rules = colorScheme === 'light' ? RULES : ['color-contrast'];
          expect(await findings(page, rules), `${viewport.width} px, ${colorScheme}`).toEqual([]);
          const sideways = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
          expect(sideways, `${viewport.width} px wide, no wider`).toBeLessThanOrEqual(0);
        }
      // "Stated" and "reported": the page claims to know no more.
      expect((await page.locator('body').innerText()).match(/\breal(ly)?\b/gi)).toBeNull();
      await page.context().close();
    });

  it('does everything with the keyboard alone: skip, step back in time, open a history, close it', async () => {
    const page = await site.visit();
    await page.locator('.matrix').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Skip to the positions');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.dataset.cell')).toBe('russia/ceasefire');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'History: Russia on Ceasefire' }).waitFor();
    await page.keyboard.press('Escape');
    for (let pressed = 0; pressed < 40; pressed += 1) {
      await page.keyboard.press('Shift+Tab');
      if ((await page.evaluate<string>('document.activeElement.getAttribute("role")')) === 'slider') break;
    }
    await page.keyboard.press('ArrowLeft');
    await page.locator('.banner').waitFor();
  });

  it('shows where the focus is', async () => {
    const page = await site.visit();
    await page.locator('.matrix').waitFor();
    await page.locator('[data-cell="russia/territory"]').focus();
    await page.keyboard.press('ArrowRight');
    const outline = await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).toBe('solid');
  });

  it('moves nothing where the system asks for that', async () => {
    const page = await site.visit('/', { reducedMotion: 'reduce' });
    await page.locator('.matrix').waitFor();
    const moving = await page.evaluate<number>(
      "[...document.querySelectorAll('*')].filter((one) => getComputedStyle(one).transitionDuration.split(', ').some((time) => time !== '0s')).length",
    );
    expect(moving).toBe(0);
  });

  it('has targets of at least 24 by 24 pixels for its controls', async () => {
    const page = await site.visit('/?asOf=2026-02-13', { viewport: { width: 360, height: 740 } });
    await page.locator('.matrix').waitFor();
    const small = await page.evaluate<readonly string[]>(
      `[...document.querySelectorAll('button, select, input:not([type=radio], [type=checkbox]), nav a, [role=slider]')]
        .filter((one) => { const { width, height } = one.getBoundingClientRect(); return width > 0 && (width < 24 || height < 24); })
        .map((one) => one.outerHTML)`,
    );
    expect(small).toEqual([]);
  });
});
