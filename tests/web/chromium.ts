/** Where Chromium is on this machine, and what to do where it is not. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { describe } from 'vitest';

const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  chromium.executablePath(),
];

/** The program; undefined where there is none. */
export const CHROMIUM = PLACES.find((path) => path !== undefined && path !== '' && existsSync(path));

const MISSING = `
  The page is NOT tested: no Chromium was found. Any of these brings one:
    apt-get install chromium          (Debian, Ubuntu)
    npx playwright-core install chromium
    CHROMIUM_PATH=/path/to/chromium npm test
`;

let told = false;

/** `describe`, skipped with a loud word where Chromium is missing. */
export function describePage(name: string, suite: () => void): void {
  if (CHROMIUM === undefined && !told) {
    told = true;
    process.stderr.write(MISSING);
  }
  describe.skipIf(CHROMIUM === undefined)(name, suite);
}

export const launch = () =>
  chromium.launch({
    ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
