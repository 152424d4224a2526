import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createToken, doorkeeper, revokeToken } from '../../src/http/index.ts';
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
  let file: string;
  const tokens: Record<'reader' | 'editor', string> = { reader: '', editor: '' };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demarche-tokens-'));
    file = join(folder, 'tokens.json');
    for (const role of ['reader', 'editor'] as const)
      tokens[role] = (await createToken(file, { role, name: role }, Date.now())).secret;
    site = await openSite([], { door: doorkeeper(file, Date.now) });
  });
  afterAll(async () => {
    await site?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  const asks = (page: Page) => page.getByLabel('This server asks for a token');
  const give = async (page: Page, secret: string) => {
    await asks(page).fill(secret);
    await page.getByRole('button', { name: 'Enter' }).click();
  };
  const enter = async (page: Page, secret: string) => {
    await give(page, secret);
    await page.locator('.matrix').waitFor();
  };
  const connection = (page: Page) => expect.poll(() => page.locator('.connection').innerText(), { timeout: 20_000 });

  it('asks for a token once a tab, reads and stays live with it', async () => {
    const page = await site.visit();
    await enter(page, tokens.reader);
    await connection(page).toBe('live');
    await page.reload();
    await page.locator('.matrix').waitFor();
  });

  it.each([
    ['', '.matrix'],
    ['&asOf=2026-02-13', '.banner'],
    ['&view=compare&from=2025-06-03', '.moved-row'],
    ['&view=talks', '.round'],
    ['&view=record', '.record'],
    ['&party=russia&issue=territory', '.entries'],
  ])('asks for it at an address that was shared, and shows what is there: %s', async (view, shown) => {
    const address = `/?negotiation=${NEGOTIATION}${view}`;
    const page = await site.visit(address);
    await asks(page).waitFor();
    expect(await page.locator('.masthead, .trouble').count()).toBe(0);
    await give(page, tokens.reader);
    await page.locator(shown).first().waitFor();
    expect(await asks(page).count()).toBe(0);
    expect(page.url()).toBe(site.url + address);
    await connection(page).toBe('live');
  });

  it('says that a token is not taken, and takes the next', async () => {
    const page = await site.visit(`/?negotiation=${NEGOTIATION}`);
    await asks(page).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await give(page, tokens.reader.replace(/.{3}$/, 'xyz'));
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('does not take the token of this tab');
    await enter(page, tokens.reader);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('asks for another one when it is taken back while the page is open, and loses nothing that was typed', async () => {
    const { secret, token } = await createToken(file, { role: 'editor', name: 'leaver' }, Date.now());
    const page = await site.visit(`/?negotiation=${NEGOTIATION}&view=record`);
    await give(page, secret);
    await connection(page).toBe('live');
    await tell(page, 'Wants the lines of yesterday');
    await revokeToken(file, token.id, Date.now());
    await expect.poll(() => page.locator('.token-form').innerText()).toContain('was taken back');
    await give(page, tokens.editor);
    await connection(page).toBe('live');
    expect(await asks(page).count()).toBe(0);
    expect(await field(page, 'stance').inputValue()).toBe('Wants the lines of yesterday');
    await expect.poll(() => page.locator('.preview-cell').innerText()).toContain('Turkey on Territory');
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

describePage('A server that had no tokens when the page was opened', () => {
  it('asks for one once there is one, and the page goes on where it was', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'demarche-tokens-'));
    const file = join(folder, 'tokens.json');
    const site = await openSite([], { door: doorkeeper(file, Date.now) });
    const page = await site.visit('/?asOf=2026-02-13');
    await page.locator('.matrix').waitFor();
    const { secret } = await createToken(file, { role: 'reader', name: 'reader' }, Date.now());
    await page.getByLabel('This server asks for a token').fill(secret, { timeout: 20_000 });
    expect(await page.locator('.matrix').count()).toBe(1);
    await page.getByRole('button', { name: 'Enter' }).click();
    await expect.poll(() => page.locator('.connection').innerText(), { timeout: 20_000 }).toBe('live');
    await page.getByRole('link', { name: 'Proceedings' }).click();
    await page.locator('.round').first().waitFor();
    expect(await page.locator('.token-form, .trouble').count()).toBe(0);
    await site.close();
    await rm(folder, { recursive: true, force: true });
  });
});
