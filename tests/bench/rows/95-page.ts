/** Moving through time on the page: a large matrix in a browser, beside the pace at which movement looks like movement. */

import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import type { DevelopmentInput } from '../../../events/index.ts';
import { createServer } from '../../../src/http/index.ts';
import { openStore } from '../../../src/store/open.ts';
import { openTracker } from '../../../src/tracker/index.ts';
import { CHROMIUM, launch } from '../../web/chromium.ts';
import { randomOf } from '../data.ts';
import type { Measure } from '../row.ts';

const NAME = 'scrubbing 200 issues × 20 parties, 50,000 developments';
const ISSUES = 200;
const PARTIES = 20;
const DEVELOPMENTS = 50_000;
const LEAST_PER_SECOND = 30;
const BATCH = 1000;

export const measure: Measure = async function* ({ folder, say }) {
  if (CHROMIUM === undefined) {
    yield { name: NAME, skipped: 'no Chromium here: apt-get install chromium, or CHROMIUM_PATH' };
    return;
  }
  const page = join(folder, 'page');
  await build({ configFile: 'vite.config.ts', logLevel: 'error', build: { outDir: page } });
  const tracker = openTracker({ store: await openStore(`sqlite:${join(folder, 'page.db')}`) });
  say(`recording ${DEVELOPMENTS} developments`);
  const all = [...developments()];
  for (let start = 0; start < all.length; start += BATCH) await tracker.record(all.slice(start, start + BATCH));
  const server = await createServer({ tracker, page });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const browser = await launch();
  try {
    const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    tab.setDefaultTimeout(120_000);
    await tab.goto(`http://127.0.0.1:${(server.server.address() as AddressInfo).port}/`);
    const { frames, seconds, steps } = await scrub(tab, say);
    yield {
      name: NAME,
      against: `${LEAST_PER_SECOND} frames a second`,
      ratio: frames / seconds / LEAST_PER_SECOND,
      goal: { least: 1 },
      detail: `${(frames / seconds).toFixed(0)} a second, ${steps} moments in ${seconds.toFixed(1)} s`,
    };
  } finally {
    await browser.close();
    await server.close();
    await tracker.close();
  }
};

/** Drags over the whole axis, one place each frame, and counts the frames in which the matrix changed. */
async function scrub(tab: Page, say: (message: string) => void) {
  await tab.locator('.matrix').waitFor();
  say('waiting for the density and the timelines');
  await tab.locator('.density[d^=M]').first().waitFor({ state: 'attached' });
  const box = await tab.getByRole('slider').boundingBox();
  if (!box) throw new Error('the slider has no place');
  await tab.mouse.move(box.x + 10, box.y + 30);
  while (!(await tab.evaluate<boolean>(READ))) await tab.waitForTimeout(200);
  await tab.waitForTimeout(1000);
  await tab.mouse.down();
  say('dragging');
  const result = await tab.evaluate<{ frames: number; seconds: number; steps: number }>(DRAG);
  await tab.mouse.up();
  return result;
}

const READ = `performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.includes('/timelines') && responseEnd > 0)`;

/** Runs in the page: a pointer that is already down moves a little further each frame, there and back. */
const DRAG = `new Promise((resolve) => {
  const slider = document.querySelector('[role=slider]');
  const { left, top, width } = slider.getBoundingClientRect();
  const STEPS = 300;
  let changed = false, frames = 0, step = 0;
  new MutationObserver(() => { changed = true; }).observe(document.querySelector('.matrix'), { subtree: true, childList: true, characterData: true });
  const start = performance.now();
  const next = () => {
    if (changed) frames += 1;
    changed = false;
    if (step === STEPS) return resolve({ frames, seconds: (performance.now() - start) / 1000, steps: STEPS });
    const part = Math.abs(1 - (2 * step) / STEPS);
    slider.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, pointerId: 1, clientX: left + 10 + part * (width - 80), clientY: top + 30 }));
    step += 1;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})`;

const TYPES = ['DemandStated', 'PositionStated', 'PositionReiterated', 'ConditionAttached', 'ProposalMade'] as const;
const START = Date.UTC(2016, 0, 1);
const SPAN = Date.UTC(2026, 0, 1) - START;

function* developments(): Generator<DevelopmentInput> {
  const negotiation = 'large';
  const random = randomOf(1);
  const any = (count: number) => Math.floor(random() * count);
  yield { negotiation, type: 'NegotiationOpened', title: 'A large negotiation' };
  for (let party = 0; party < PARTIES; party += 1)
    yield { negotiation, type: 'PartyJoined', party: `party-${party}`, name: `Party ${party}`, role: 'principal' };
  for (let issue = 0; issue < ISSUES; issue += 1)
    yield { negotiation, type: 'IssueRaised', issue: `issue-${issue}`, title: `Issue number ${issue}` };
  for (let number = 0; number < DEVELOPMENTS; number += 1) {
    const occurred = new Date(START + (SPAN * number) / DEVELOPMENTS).toISOString().slice(0, 10);
    const type = TYPES[any(TYPES.length)] ?? 'DemandStated';
    yield {
      negotiation,
      type,
      occurred,
      party: `party-${any(PARTIES)}`,
      issue: `issue-${any(ISSUES)}`,
      stance: `Wants what it wanted before, and as of report ${number} a little more than that`,
      ...(type === 'ConditionAttached' ? { point: `condition-${any(3)}` } : {}),
      attribution: random() < 0.9 ? 'on-record' : 'anonymous',
      source: { publisher: `Agency ${any(9)}`, published: occurred, url: `https://reports.example/${number}` },
    };
  }
}
