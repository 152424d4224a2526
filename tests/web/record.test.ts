import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createToken, doorkeeper } from '../../src/http/index.ts';
import { describePage } from './chromium.ts';
import { NEGOTIATION, openSite, type Site } from './site.ts';

const field = (page: Page, name: string) => page.locator(`[data-field="${name}"]`);

/** As a person does it, out of a report that says on 2 March what Turkey wants. */
async function tell(page: Page, stance: string): Promise<void> {
  await field(page, 'source.url').fill('https://gazette.example/turkey');
  await field(page, 'source.published').fill('2026-03-02');
  await page.getByLabel('Type').selectOption('DemandStated');
  await field(page, 'issue').selectOption('territory');
  await page.getByLabel('Turkey').check();
  await field(page, 'stance').fill(stance);
  await field(page, 'occurred').fill('2026-03-01');
}

describePage('Recording on the page', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  const rehearsal = (page: Page) => page.getByRole('complementary', { name: 'Before it is saved' });

  it('says what is still needed, shows the cell change before it is saved, saves, and undoes by a retraction', async () => {
    const page = await site.visit('/?view=record');
    expect(await rehearsal(page).innerText()).toContain('Still needed: issue, whose, what it stated');
    await tell(page, 'Wants the lines of today to stay');
    expect(await field(page, 'source.publisher').inputValue()).toBe('gazette.example');
    await expect.poll(() => rehearsal(page).innerText()).toMatch(/Turkey on Territory\s+new/);
    expect(await rehearsal(page).innerText()).toMatch(
      /before\s+no stated position on record\s+after\s+Wants the lines of today to stay/i,
    );
    expect((await site.tracker.state(NEGOTIATION, { party: 'turkey', issue: 'territory' })).positions).toEqual([]);

    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.locator('.saved').waitFor();
    expect((await site.tracker.state(NEGOTIATION, { party: 'turkey', issue: 'territory' })).positions[0]?.stance).toBe(
      'Wants the lines of today to stay',
    );
    expect(await field(page, 'source.url').inputValue()).toBe('https://gazette.example/turkey');
    expect(await field(page, 'stance').inputValue()).toBe('');

    await page.getByLabel('Why take it back?').fill('Another country was meant');
    await page.getByRole('button', { name: 'Undo: retract it' }).click();
    await expect.poll(() => page.locator('.saved').innerText()).toContain('Retracted. Both stay on the record.');
    const history = await site.tracker.history(NEGOTIATION, { party: 'turkey', issue: 'territory' });
    expect(history.map(({ effect, reason }) => [effect, reason])).toEqual([
      ['retracted', null],
      ['retracted', 'Another country was meant'],
    ]);
  });

  it('leads to the cell that was recorded, which is up to date', async () => {
    const page = await site.visit('/?view=record');
    await tell(page, 'Proposes a referendum under watch');
    await expect.poll(() => rehearsal(page).innerText()).toContain('Turkey on Territory');
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.locator('.saved').getByRole('link', { name: 'Turkey on Territory' }).click();
    await expect.poll(() => page.locator('.panel-now').innerText()).toContain('Proposes a referendum under watch');
  });

  it('points a likely duplicate out, and records it as a further report instead', async () => {
    const page = await site.visit('/?view=record');
    await field(page, 'source.url').fill('https://courier.example/donbas');
    await field(page, 'issue').selectOption('territory');
    await page.getByLabel('Ukraine', { exact: true }).check();
    await field(page, 'stance').fill('Rejects outright to withdraw from the Donbas');
    await field(page, 'occurred').fill('2026-02-13');
    const duplicates = page.locator('.duplicates');
    await expect.poll(() => duplicates.innerText()).toContain('R-059');
    await duplicates.getByRole('button', { name: 'Record this as a further report of it' }).first().click();
    expect(await page.getByLabel('Type').inputValue()).toBe('DevelopmentCorroborated');
    await expect.poll(() => rehearsal(page).innerText()).toContain('changes no position');
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.locator('.saved').waitFor();
    const history = await site.tracker.history(NEGOTIATION, { party: 'ukraine', issue: 'territory' });
    expect(history.find(({ id }) => id === 'R-059')?.corroboratedBy.map(({ publisher }) => publisher)).toEqual([
      'courier.example',
    ]);
  });

  it('names each field that is wrong, at the field, and goes to the first that is empty', async () => {
    const page = await site.visit('/?view=record');
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    expect(await page.evaluate<string>('document.activeElement.dataset.field')).toBe('issue');
    expect(await field(page, 'stance').getAttribute('aria-invalid')).toBe('true');
    await tell(page, 'Wants something');
    await field(page, 'occurred').fill('last week');
    const faulty = page.locator('.form-field', { has: field(page, 'occurred') });
    await expect.poll(() => faulty.locator('.fault').innerText()).toMatch(/EDTF|date/i);
    await field(page, 'occurred').fill('2031-01-01');
    await expect.poll(() => faulty.locator('.fault').innerText()).toMatch(/future/i);
  });

  it('is led from an entry of a history to its correction', async () => {
    const page = await site.visit('/?party=russia&issue=economic');
    await page.locator('.entries > li').first().getByRole('link', { name: 'Correct or retract' }).click();
    await page.getByLabel('Type').selectOption('DevelopmentCorrected');
    expect(await field(page, 'corrects').inputValue()).toBe('R-079');
    await page.getByLabel('What it stated, in your words').fill('Talks with the US about trade');
    await field(page, 'source.publisher').fill('The Gazette');
    await expect.poll(() => rehearsal(page).innerText()).toMatch(/Russia on Economic relations\s+corrected|changed/);
    await expect.poll(() => rehearsal(page).innerText()).toContain('Talks with the US about trade');
  });
});

describePage('A server with tokens', () => {
  let site: Site;
  let folder: string;
  const tokens: Record<'reader' | 'editor', string> = { reader: '', editor: '' };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demarche-tokens-'));
    const file = join(folder, 'tokens.json');
    for (const role of ['reader', 'editor'] as const)
      tokens[role] = (await createToken(file, { role, name: role }, Date.now())).secret;
    site = await openSite([], { door: doorkeeper(file, Date.now) });
  });
  afterAll(async () => {
    await site?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  const enter = async (page: Page, secret: string) => {
    await page.getByLabel('This server asks for a token').fill(secret);
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.locator('.matrix').waitFor();
  };

  it('asks for a token once a tab, reads and stays live with it', async () => {
    const page = await site.visit();
    await enter(page, tokens.reader);
    await expect.poll(() => page.locator('.connection').innerText()).toBe('live');
    await page.reload();
    await page.locator('.matrix').waitFor();
  });

  it('says which role recording takes, and records with a token that has it', async () => {
    const page = await site.visit();
    await enter(page, tokens.reader);
    await page.getByRole('link', { name: 'Record', exact: true }).click();
    await tell(page, 'Wants the lines of today to stay');
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('recorder');
    await page.getByLabel('Token').fill(tokens.editor);
    await page.getByRole('button', { name: 'Use this token' }).click();
    await expect.poll(() => page.locator('.preview-cell').innerText()).toContain('Turkey on Territory');
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.locator('.saved').waitFor();
  });
});
