/** Numbers about the server, for Prometheus. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Tracker } from '../tracker/index.ts';

export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  request(method: string, route: string, status: number, seconds: number): void;
  /** a `GET` that took less time than looking at the clock does */
  atOnce(route: string, status: 200 | 304): void;
  recorded(count: number): void;
  delivered(count: number): void;
  cutOff(): void;
  /** everything recorded is applied here, for the first time */
  rebuilt(seconds: number): void;
  webhook(outcome: DeliveryOutcome): void;
}

/** gone: the receiver wants no more; dead: it was tried for the last time */
export type DeliveryOutcome = 'delivered' | 'failed' | 'gone' | 'dead';

/** @param streams how many streams are open @param now milliseconds since 1970 */
export function openMetrics(tracker: Tracker, streams: () => number, now: () => number): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });

  const labelNames = ['method', 'route', 'status'] as const;
  const requests = new Counter({
    name: 'demarche_http_requests_total',
    help: 'Requests answered, by route and status',
    labelNames,
    registers,
    collect: tellUntold,
  });
  const durations = new Histogram({
    name: 'demarche_http_request_duration_seconds',
    help: 'How long it took to answer what was not there as bytes already; for a stream, how long it was open',
    labelNames,
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  // Told when somebody asks: to tell of each costs more than finding what it is answered with.
  const untold = { 200: new Map<string, number>(), 304: new Map<string, number>() } as const;
  function tellUntold(): void {
    for (const status of [200, 304] as const) {
      for (const [route, count] of untold[status]) requests.inc({ method: 'GET', route, status }, count);
      untold[status].clear();
    }
  }
  const appends = new Counter({
    name: 'demarche_developments_recorded_total',
    help: 'Developments recorded here',
    registers,
  });
  const changes = new Counter({
    name: 'demarche_changes_delivered_total',
    help: 'Position changes written to readers of streams',
    registers,
  });
  const cuts = new Counter({
    name: 'demarche_streams_cut_total',
    help: 'Readers cut off for being too slow',
    registers,
  });
  const webhooks = new Counter({
    name: 'demarche_webhook_deliveries_total',
    help: 'Webhook deliveries tried, by outcome; and those given up after that (dead)',
    labelNames: ['outcome'],
    registers,
  });
  const rebuild = new Gauge({
    name: 'demarche_rebuild_duration_seconds',
    help: 'How long it took from the start until everything recorded was applied here; 0 until then',
    registers,
  });
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge('demarche_streams_open', 'Streams open now', streams);
  gauge('demarche_ready', '1 while everything recorded is applied here and the store answers', () =>
    tracker.status().ready ? 1 : 0,
  );
  gauge('demarche_lag_seconds', 'For how long this process may have been behind the store', () => {
    const { staleSince } = tracker.status();
    return staleSince === null ? 0 : Math.max(0, now() - staleSince) / 1000;
  });
  gauge('demarche_applied_position', 'The log position up to which everything is applied here', () =>
    Number((tracker.status().applied ?? '0').split('/')[0]),
  );

  return {
    contentType: register.contentType,
    text: () => register.metrics(),
    request(method, route, status, seconds) {
      const labels = { method, route, status };
      requests.inc(labels);
      durations.observe(labels, seconds);
    },
    atOnce: (route, status) => void untold[status].set(route, (untold[status].get(route) ?? 0) + 1),
    recorded: (count) => appends.inc(count),
    delivered: (count) => changes.inc(count),
    cutOff: () => cuts.inc(),
    rebuilt: (seconds) => rebuild.set(seconds),
    webhook: (outcome) => webhooks.inc({ outcome }),
  };
}
