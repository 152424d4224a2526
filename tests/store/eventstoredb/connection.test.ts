import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { KEEP_ALIVE, parseAddress } from '../../../src/store/eventstoredb-address.ts';
import { acquireClient } from '../../../src/store/eventstoredb-client.ts';
import { event, newStream, next, numbered } from '../contract/support.ts';
import type { AppendFault } from './fake-server.ts';
import { fakeBench } from './support.ts';
import { openTcpProxy, type TcpProxy } from './tcp-proxy.ts';

describe('the connection to EventStoreDB', () => {
  const bench = fakeBench();
  const stream = newStream();
  let proxy: TcpProxy;
  const address = (query = ''): string => `esdb://127.0.0.1:${proxy.port}?tls=false${query}`;

  beforeEach(async () => {
    proxy = await openTcpProxy(bench.server.port);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await proxy.close();
  });

  test('14 · a frozen server is noticed, and the subscription goes on when it thaws', async () => {
    // The client thinks pings this close together unwise, and says so on the console.
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const store = await bench.open({}, address('&keepAliveInterval=60&keepAliveTimeout=60'));
    const messages = store.subscribe()[Symbol.asyncIterator]();
    await next(messages, 'caught-up');
    const waiting = next(messages, 'event');
    proxy.freeze();
    await vi.waitFor(() => expect(store.status().state).toBe('down'), { timeout: 3_000 });
    proxy.thaw();
    await (await bench.open()).append(stream, 'none', numbered(1));
    expect((await waiting).event.stream).toBe(stream);
  });

  test('14 · by itself it pings often enough to notice within 25 s', () => {
    expect(KEEP_ALIVE.interval + KEEP_ALIVE.timeout).toBeLessThanOrEqual(25_000);
  });

  test('a wire cut in the middle of everything is mended', async () => {
    const store = await bench.open({}, address());
    const messages = store.subscribe()[Symbol.asyncIterator]();
    await store.append(stream, 'none', numbered(1));
    await next(messages, 'event');
    proxy.cut();
    expect((await store.append(stream, 0n, numbered(1, 1))).written).toBe(true);
    expect((await next(messages, 'event')).event.revision).toBe(1n);
  });

  test('4 · a wire cut between the request and its answer leaves no doubt in the end', async () => {
    const store = await bench.open({}, address());
    await store.append(stream, 'none', numbered(1));
    proxy.cutBeforeAnswer();
    expect(await store.append(stream, 0n, numbered(2, 1))).toMatchObject({ revision: 2n, written: true });
    expect(bench.server.log.stream(stream)).toHaveLength(3);
  });

  test('15 · all stores of a process on one address share one connection', async () => {
    const [first, second] = await Promise.all([bench.open({}, address()), bench.open({}, address())]);
    await first.append(stream, 'none', numbered(1));
    await second.append(stream, 0n, numbered(1, 1));
    await next(second.subscribe()[Symbol.asyncIterator](), 'caught-up');
    expect(proxy.connections).toBe(1);
    await first.close();
    expect((await second.append(stream, 1n, numbered(1, 2))).revision).toBe(2n);
    expect(proxy.connections).toBe(1);
  });

  test('15 · nothing goes through what the client keeps for the whole process', async () => {
    const store = await bench.open();
    await Promise.all([1, 2, 3].map(() => store.append(newStream(), 'none', numbered(3))));
    expect(bench.server.seen).toMatchObject({ sharedAppends: 0, featureQuestions: 0 });
  });

  test('16 · closing twice is fine, also at once and in the middle of everything', async () => {
    const store = await bench.open({}, address());
    const messages = store.subscribe()[Symbol.asyncIterator]();
    await next(messages, 'caught-up');
    const [waiting, append] = [messages.next(), store.append(stream, 'none', numbered(1))];
    await Promise.all([store.close(), store.close()]);
    await store.close();
    expect((await append).written).toBe(true);
    expect((await waiting).done).toBe(true);
    expect(store.status().state).toBe('closed');
  });

  test('16 · closing does not wait for a server that is gone', async () => {
    const store = await bench.open({}, address());
    const messages = store.subscribe()[Symbol.asyncIterator]();
    await next(messages, 'caught-up');
    const waiting = messages.next();
    proxy.freeze();
    await store.close();
    expect((await waiting).done).toBe(true);
  });

  const cluster = (): string =>
    `esdb://127.0.0.1:${bench.server.port},127.0.0.1:${bench.server.port}?tls=false&maxDiscoverAttempts=5&discoveryInterval=20`;

  test('of a cluster it finds the leader, once there is one', async () => {
    bench.server.leader = false;
    const store = await bench.open({ timeouts: { append: 2_000 } }, cluster());
    await expect(store.append(stream, 'none', [event()])).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    bench.server.leader = true;
    expect((await store.append(stream, 'none', [event()])).written).toBe(true);
  });

  test('8 · a cluster that loses its leader in the middle of everything ends no process', async () => {
    const store = await bench.open({ timeouts: { append: 1_000 } }, cluster());
    const messages = store.subscribe()[Symbol.asyncIterator]();
    await next(messages, 'caught-up');
    const waiting = next(messages, 'event');
    const faults: AppendFault[] = [{ kind: 'status', code: 14, details: 'gone', written: false, delay: 40 }];
    bench.server.faults.append = () => faults.shift();
    const append = store.append(stream, 'none', numbered(1));
    await vi.waitFor(() => expect(faults).toEqual([]));
    // The subscription is looking for a leader when the append fails: two that reconnect at once.
    bench.server.leader = false;
    for (const subscription of bench.server.subscriptions) subscription.fail(14, 'gone');
    await sleep(150);
    bench.server.leader = true;
    expect((await append).written).toBe(true);
    expect((await waiting).event.revision).toBe(0n);
  });

  test('8 · a cluster of which no node answers ends no process', async () => {
    const address = cluster();
    await bench.server.stop();
    const store = await bench.open({ timeouts: { append: 2_000 } }, address);
    const waiting = store.subscribe()[Symbol.asyncIterator]().next();
    await expect(store.append(stream, 'none', [event()])).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(store.head()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await store.close();
    expect((await waiting).done).toBe(true);
  });
});

describe('the address of an EventStoreDB', () => {
  const SECRETS = ['s3cr:t/p@ss', 's3cr%3At%2Fp%40ss', Buffer.from('admin:s3cr:t/p@ss').toString('base64')];
  const bench = fakeBench();

  function expectNoSecret(shown: unknown): void {
    const text = inspect(shown, { depth: 10, showHidden: true });
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  }

  test('18 · is shown without its password', async () => {
    const store = await bench.open({}, `esdb://admin:s3cr%3At%2Fp%40ss@127.0.0.1:${bench.server.port}?tls=false`);
    expect(store.address).toBe(`esdb://admin:***@127.0.0.1:${bench.server.port}?tls=false`);
    expectNoSecret(store);
  });

  test('18 · gives nothing away when the server repeats the password in an error', async () => {
    const store = await bench.open({}, `esdb://admin:s3cr%3At%2Fp%40ss@127.0.0.1:${bench.server.port}?tls=false`);
    bench.server.faults.append = () => ({
      kind: 'status',
      code: 16,
      details: `wrong: ${SECRETS.join(' ')}`,
      written: false,
    });
    bench.server.faults.read = () => ({ kind: 'status', code: 2, details: `wrong: ${SECRETS.join(' ')}`, after: 0 });
    for (const call of [() => store.append(newStream(), 'none', [event()]), () => store.head()]) {
      const error = await call().catch((reason: unknown) => reason);
      expect(inspect(error)).toContain('***');
      expectNoSecret(error);
    }
    const stop = new AbortController();
    const messages = store.subscribe({ signal: stop.signal })[Symbol.asyncIterator]();
    const waiting = messages.next();
    await vi.waitFor(() => expect(store.status().lastError).toContain('***'));
    expectNoSecret(store.status());
    stop.abort();
    await waiting;
  });

  test.each([
    'esdb://admin:s3cr%3At%2Fp%40ss@',
    'esdb://admin:s3cr%3At%2Fp%40ss@host:port',
    'esdb://admin:s3cr%3At%2Fp%40ss@host:99999',
    'esdb://admin:s3cr%3At%2Fp%40ss@[::1]:2113',
    'esdb://admin:s3cr%3At%2Fp%40ss@host?tls=perhaps',
    'esdb://admin:s3cr%3At%2Fp%40ss@host?tlsVerifyCert=false',
    'esdb://admin:s3cr%3At%2Fp%40ss@host?unknownOption=1',
    'esdb://admin:s3cr%3At%2Fp%40ss@host?nodePreference=any',
    'esdb://admin:s3cr%3At%2Fp%40ss@host?keepAliveInterval=soon',
    'esdb://admin:s3cr%3At%2Fp%40ss@host?tlsCAFile=/no/such/file.pem',
    'esdb://admin:s3cr%3At%2Fp%40ss@host?userCertFile=package.json',
    'esdb://admin:s3cr%3At%2Fp%40ss@10.0.0.1:2113',
    'esdb+discover://admin:s3cr%3At%2Fp%40ss@one,two',
    'esdb://admin:s3cr:t/p@ss@host',
    'esdb://:s3cr%3At%2Fp%40ss@host',
    'http://admin:s3cr%3At%2Fp%40ss@host',
    '',
  ])('18 · is refused without its password: %s', (address) => {
    const warned = vi.spyOn(console, 'warn');
    let error: unknown;
    try {
      parseAddress(address);
    } catch (reason) {
      error = reason;
    }
    expect(error).toMatchObject({ code: 'STORE_ADDRESS_INVALID' });
    expectNoSecret(error);
    expect(warned).not.toHaveBeenCalled();
  });

  test.each([
    ['esdb://localhost', 'esdb://localhost'],
    ['esdb://localhost:2113/?tls=false', 'esdb://localhost:2113?tls=false'],
    ['esdb://u:p%40ss@a:1,b:2,c?nodePreference=follower', 'esdb://u:***@a:1,b:2,c?nodePreference=follower'],
    [
      'esdb+discover://cluster.example?tls=true&keepAliveInterval=10000',
      'esdb+discover://cluster.example?tls=true&keepAliveInterval=10000',
    ],
    ['kurrentdb://localhost:2113?tls=false', 'kurrentdb://localhost:2113?tls=false'],
    [
      'esdb://u:pa:ss@localhost?tlsVerifyCert=true&connectionName=desk',
      'esdb://u:***@localhost?tlsVerifyCert=true&connectionName=desk',
    ],
  ])('%s is understood', async (address, shown) => {
    const parsed = parseAddress(address);
    expect(parsed.shown).toBe(shown);
    await acquireClient(parsed).release();
  });
});
