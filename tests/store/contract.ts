import { afterEach, beforeEach, describe } from 'vitest';
import type { EventStore } from '../../src/store/port.ts';
import { appending } from './contract/appending.ts';
import { closing } from './contract/closing.ts';
import { ordering } from './contract/ordering.ts';
import { paging } from './contract/pages.ts';
import { payloads } from './contract/payloads.ts';
import { reading } from './contract/reading.ts';
import { retrying } from './contract/retrying.ts';
import { subscribing } from './contract/subscribing.ts';
import { type Bench, type LogUnderTest, newStream } from './contract/support.ts';

export type { LogUnderTest } from './contract/support.ts';

/**
 * What every store promises, as sentences. The log may be shared: no case counts on being alone in it, each uses streams of its own,
 * and none measures time. A store is opened before each case and closed after it.
 */
export function storeContract(log: LogUnderTest): void {
  let store: EventStore | undefined;
  const bench: Bench = {
    ...log,
    get store() {
      if (store === undefined) throw new Error('the store is open only while a case runs');
      return store;
    },
    stream: newStream,
  };

  beforeEach(async () => {
    store = await log.open();
  });
  afterEach(async () => {
    await store?.close();
    store = undefined;
  });

  describe('appending', () => appending(bench));
  describe('retrying', () => retrying(bench));
  describe('appending in pages', () => paging(bench));
  describe('payloads', () => payloads(bench));
  describe('reading', () => reading(bench));
  describe('the order of the log', () => ordering(bench));
  describe('subscribing', () => subscribing(bench));
  describe('closing', () => closing(bench));
}
