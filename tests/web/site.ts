/** The real server with the bundled record on a SQLite file of its own, the page as it is built now, and a browser to look at it. */
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import type { DevelopmentInput } from '../../events/index.ts';
import { createServer, type ServerOptions } from '../../src/http/index.ts';
import { openStore } from '../../src/store/open.ts';
import { openTracker, type Tracker } from '../../src/tracker/index.ts';
import { launch } from './chromium.ts';
import { bundled } from './record.ts';

export { NEGOTIATION } from './record.ts';

/** The record was made on the day after its last report, the correction three days later; "now" is two days after that. */
const RECORDED = Date.UTC(2026, 1, 27, 9);
const CORRECTED = Date.UTC(2026, 2, 2, 9);
const NOW = Date.UTC(2026, 2, 4, 9);

export interface Site {
  readonly url: string;
  readonly tracker: Tracker;
  readonly browser: Browser;
  /** a page at an address, ready to be read; what it logs as an error or fetches from elsewhere is kept in `complaints` */
  visit(address?: string, options?: BrowserContextOptions): Promise<Page>;
  readonly complaints: readonly string[];
  /** everything recorded from now on is recorded a minute later than the last */
  record(...developments: readonly DevelopmentInput[]): Promise<void>;
  /** ends the server, so that connections break; `up` starts it again at the same port */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

/** @param more developments beside the bundled record */
export async function openSite(
  more: readonly DevelopmentInput[] = [],
  options: Partial<ServerOptions> = {},
): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'demarche-web-'));
  const page = join(folder, 'page');
  await build({ configFile: 'vite.config.ts', logLevel: 'error', build: { outDir: page } });
  let clock = RECORDED;
  const now = () => clock;
  const store = await openStore(`sqlite:${join(folder, 'demarche.db')}`, { clock: now });
  const tracker = openTracker({ store, now });
  await tracker.record(await bundled('russia-ukraine.jsonl'));
  clock = CORRECTED;
  await tracker.record(await bundled('russia-ukraine.corrections.jsonl'));
  clock = NOW;
  for (const one of more) await tracker.record(one);

  const serve = () => createServer({ tracker, page, now, ...options });
  let server = await serve();
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const browser = await launch();
  const complaints: string[] = [];

  return {
    url,
    tracker,
    browser,
    complaints,
    async visit(address = '/', context = {}) {
      const opened = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...context });
      const visited = await opened.newPage();
      visited.setDefaultTimeout(15_000);
      visited.on('pageerror', (error) => complaints.push(String(error)));
      visited.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      visited.on('request', (request) => {
        if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(url)) complaints.push(request.url());
      });
      await visited.goto(url + address);
      await visited.locator('main').waitFor();
      return visited;
    },
    async record(...developments) {
      clock += 60_000;
      for (const one of developments) await tracker.record(one);
    },
    down: () => server.close(),
    async up() {
      server = await serve();
      await server.listen({ host: '127.0.0.1', port });
    },
    async close() {
      await browser.close();
      await server.close();
      await tracker.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
