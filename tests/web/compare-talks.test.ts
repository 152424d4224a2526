import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DevelopmentInput } from '../../events/index.ts';
import { describePage } from './chromium.ts';
import { NEGOTIATION, openSite, type Site } from './site.ts';

const source = { publisher: 'The Gazette' };
const common = { negotiation: NEGOTIATION, source, attribution: 'on-record' } as const;
const MORE: readonly DevelopmentInput[] = [
  {
    ...common,
    type: 'PlanPublished',
    occurred: '2026-02-27',
    plan: 'monitoring-plan',
    version: '1',
    parties: ['usa'],
    points: [
      { id: 'p1', text: 'Drones over the line' },
      { id: 'p2', text: 'Observers in three cities' },
      { id: 'p3', text: 'A hotline' },
    ],
  },
  {
    ...common,
    id: 'plan-adjusted',
    type: 'PlanAdjusted',
    occurred: '2026-02-28',
    plan: 'monitoring-plan',
    version: '2',
    from: '1',
    parties: ['usa', 'ukraine'],
    points: [
      { id: 'p1', text: 'Drones over the line' },
      { id: 'p2', text: 'Observers in five cities' },
      { id: 'p4', text: 'Satellite pictures' },
    ],
  },
  {
    ...common,
    id: 'round-cancelled',
    type: 'RoundCancelled',
    occurred: '2026-03-01',
    round: 'trilateral-2026-03',
    parties: ['russia', 'ukraine'],
  },
  {
    ...common,
    type: 'AgreementReached',
    occurred: '2026-02-28',
    id: 'hotline-agreed',
    agreement: 'hotline',
    parties: ['russia', 'ukraine'],
    issues: ['ceasefire'],
    summary: 'A hotline of the staffs is agreed',
  },
  ...[
    { denies: 'hotline-agreed', party: 'russia', stance: 'No hotline was agreed' },
    { denies: 'plan-adjusted', party: 'ukraine' },
    { denies: 'R-053', party: 'russia' },
    { denies: 'round-cancelled', party: 'ukraine', stance: 'It was put off' },
  ].map(
    (own) =>
      ({ ...common, ...own, id: `no-${own.denies}`, type: 'DevelopmentDenied', occurred: '2026-03-02' }) as const,
  ),
];

describePage('Two dates, and what the parties did together', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite(MORE);
  });
  afterAll(() => site?.close());

  it('tells what moved between two dates, by issue and party, side by side', async () => {
    const page = await site.visit('/?view=compare&from=2025-06-03&asOf=2026-02-13');
    const territory = page.getByRole('region', { name: 'Territory' });
    const russia = territory.locator('.moved-row', { hasText: 'Russia' }).first();
    await russia.waitFor();
    expect(await russia.locator('.effect').innerText()).toBe('changed in scope');
    expect(await russia.locator('.before').innerText()).toContain('four regions');
    expect(await russia.locator('.after').innerText()).toContain('all its troops from the Donbas');
    expect(await page.locator('.compare-sum').innerText()).toMatch(
      /^Between 3 June 2025 and 13 February 2026, \d+ cells moved: \d+ new, \d+ changed/,
    );
    expect(await page.getByRole('region', { name: 'Ceasefire' }).count()).toBe(0);
  });

  it('chooses the round before where no earlier date is given, and puts it into the address', async () => {
    const page = await site.visit('/?asOf=2026-02-26');
    await page.getByRole('link', { name: 'Two dates' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('from')).toBe('2026-02-17');
    await page.getByLabel('From', { exact: true }).fill('2025-12-01');
    await expect.poll(() => page.locator('.compare-sum').innerText()).toContain('Between 1 December 2025');
  });

  it('asks for another date where one moves to before the first, and goes on from there', async () => {
    const asked: string[] = [];
    const page = await site.visit('/?view=compare&from=2025-12-01&asOf=2026-02-13');
    await page.locator('.moved-row').first().waitFor();
    page.on('request', (request) => request.url().includes('/diff') && asked.push(request.url()));
    const slider = page.getByRole('slider', { name: 'As of' });
    await slider.focus();
    await page.keyboard.press('Home');
    await expect
      .poll(() => page.locator('.compare-sum').innerText())
      .toBe('1 December 2025 lies after 31 January 2025: choose an earlier date here, or a later one above.');
    expect(await page.locator('.moved-row').count()).toBe(0);
    expect(await page.getByRole('alert').count()).toBe(0);
    // What was marked before is not taken for what moved by then.
    await page.getByRole('link', { name: 'Positions', exact: true }).click();
    await page.locator('[data-cell]').first().waitFor();
    expect(await page.locator('.matrix .effect').count()).toBe(0);
    await page.getByRole('link', { name: 'Two dates' }).click();
    await page.getByLabel('From', { exact: true }).fill('2025-01-30');
    await expect.poll(() => page.locator('.compare-sum').innerText()).toContain('Between 30 January 2025 and');
    expect(asked.map((url) => new URL(url).searchParams.get('from'))).toEqual(['2025-01-30']);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('says so where nothing moved', async () => {
    const page = await site.visit('/?view=compare&from=2025-07-01&asOf=2025-08-01');
    await expect.poll(() => page.locator('.compare-sum').innerText()).toContain('no stated position moved');
  });

  it('shows all lanes at a glance on one axis, each mark leading to its cell', async () => {
    const page = await site.visit('/?view=compare&from=2025-12-01&asOf=2026-02-26');
    const lanes = page.getByRole('img', { name: /Statements on each issue in time/ });
    await lanes.waitFor();
    expect(await lanes.locator('.lane-title').allTextContents()).toHaveLength(13);
    await lanes.locator('g.mark', { hasText: 'Turkey, position stated' }).click();
    await page.getByRole('complementary', { name: 'History: Turkey on Leaders' }).waitFor();
    expect(new URL(page.url()).searchParams.get('issue')).toBe('leaders-summit');
  });

  it('puts rounds on the axis with their state in words', async () => {
    const page = await site.visit('/?view=talks&asOf=2026-02-13');
    const rounds = page.locator('.rounds > li');
    await expect.poll(() => rounds.count()).toBe(5);
    const third = await rounds.nth(4).innerText();
    expect(third).toMatch(/Geneva, trilateral/i);
    expect(third).toContain('scheduled for 17–18 Feb 2026');
    expect(third).toContain('Vladimir Medinsky (head)');
    expect(await page.getByRole('img', { name: '5 rounds in time, listed below' }).locator('.round-at').count()).toBe(
      5,
    );
    expect(await page.locator('.rounds').innerText()).toContain('some time between');
  });

  it('tells overdue from cancelled', async () => {
    const before = await site.visit('/?view=talks&asOf=2026-02-27');
    await expect.poll(() => before.locator('.rounds').innerText()).toMatch(/scheduled for Mar 2026 · scheduled/);
    const after = await site.visit('/?view=talks');
    await expect.poll(() => after.locator('.rounds').innerText()).toMatch(/Mar 2026 · cancelled/);
  });

  it('shows the versions of a plan with the points that changed', async () => {
    const page = await site.visit('/?view=talks');
    const second = page.locator('.version', { hasText: 'adjusts version 1' }).last();
    await second.waitFor();
    expect(await second.locator('ins').allTextContents()).toEqual(['Satellite pictures', 'Observers in five cities']);
    expect(await second.locator('del').allTextContents()).toEqual(['Observers in three cities', 'A hotline']);
    expect(await second.innerText()).toMatch(/added[\s\S]*changed[\s\S]*removed/i);
    expect(await page.locator('.version').first().innerText()).toContain('Its points are not on record.');
  });

  it('sets what was agreed against what was carried out', async () => {
    const page = await site.visit('/?view=talks');
    const exchange = page.locator('.exchanges > li').last();
    await exchange.waitFor();
    const rows = exchange.getByRole('row');
    expect(await rows.nth(1).innerText()).toMatch(/Agreed\s+1–13 Feb 2026/);
    expect(await rows.nth(2).innerText()).toMatch(/Carried out\s+5 Feb 2026\s+157\s+157/);
    expect(await page.locator('.agreements').innerText()).toContain('A hotline of the staffs is agreed');
  });

  it('shows who denies a round, a version of a plan, an exchange, an agreement: beside it, since that day', async () => {
    const page = await site.visit('/?view=talks');
    const besides = page.locator('.talks .beside');
    await expect.poll(() => besides.count()).toBe(4);
    const below = (selector: string, hasText: string) => page.locator(selector, { hasText }).locator('.beside');
    const cancelled = below('.rounds > li', 'cancelled');
    expect(await cancelled.locator('.label').textContent()).toBe('denial of round-cancelled by Ukraine · on record');
    expect(await cancelled.innerText()).toContain('It was put off');
    expect(await cancelled.locator('.meta > *').allInnerTexts()).toEqual(['2 Mar 2026', 'no-round-cancelled']);
    expect(await below('.version', 'Satellite pictures').innerText()).toContain('denies it');
    expect(await page.locator('.exchanges > li').last().locator('.beside').textContent()).toContain('R-053 by Russia');
    expect(await below('.agreements > li', 'hotline').innerText()).toContain('No hotline was agreed');
    const before = await site.visit('/?view=talks&asOf=2026-03-01');
    await before.locator('.agreements > li').waitFor();
    expect(await before.locator('.talks .beside').count()).toBe(0);
  });
});
