/** Makes the pictures of the README and of docs/page.md from the bundled record: `npx node tests/web/screenshots.ts`. */
import { mkdir } from 'node:fs/promises';
import { openSite } from './site.ts';

interface Picture {
  readonly name: string;
  readonly address: string;
  readonly ready: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly dark?: true;
}

const DESK = { width: 1280, height: 880 };
const PHONE = { width: 360, height: 720 };

const PICTURES: readonly Picture[] = [
  { name: 'matrix', address: '/?asOf=2026-02-26&from=2025-12-01', ready: '.moved', size: DESK },
  { name: 'history', address: '/?party=russia&issue=territory', ready: '.entries', size: DESK },
  {
    name: 'two-dates',
    address: '/?view=compare&from=2025-12-01&asOf=2026-02-26',
    ready: '.moved-row',
    size: DESK,
    dark: true,
  },
  { name: 'proceedings', address: '/?view=talks&asOf=2026-02-13', ready: '.exchanges', size: DESK },
  { name: 'phone', address: '/?asOf=2026-02-13', ready: '.matrix', size: PHONE },
];

const folder = new URL('../../docs/images/', import.meta.url).pathname;
await mkdir(folder, { recursive: true });
const site = await openSite();
try {
  for (const { name, address, ready, size, dark } of PICTURES) {
    const page = await site.visit(address, { viewport: size, colorScheme: dark ? 'dark' : 'light' });
    await page.locator(ready).first().waitFor();
    await page.locator('.connection.is-live').waitFor();
    await page.screenshot({ path: `${folder}${name}.png` });
    process.stdout.write(`docs/images/${name}.png\n`);
  }
} finally {
  await site.close();
}
