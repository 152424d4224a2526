import type { ConnectionState, StoreStatus } from './port.ts';

/** The state of the connection, put together from what each subscription and each call meets. */
export interface Health {
  /** a new subscription; tell it each state it comes to, and `ended` at its end */
  subscription(): { readonly at: (state: SubscriptionState) => void; readonly ended: () => void };
  /** a call was answered */
  answered(): void;
  /** a call or a subscription failed for want of the server */
  failed(message: string): void;
  /** something went wrong that is not the connection's fault */
  noted(message: string): void;
  closed(): void;
  status(): StoreStatus;
}

export type SubscriptionState = 'connecting' | 'catching-up' | 'live' | 'down';

/** The worst first: a process is as far as the slowest of its subscriptions. */
const ORDER = ['down', 'connecting', 'catching-up', 'live'] as const;

/** @param redact takes secrets out of what is shown */
export function createHealth(clock: () => number, redact: (text: string) => string): Health {
  const subscriptions = new Map<symbol, SubscriptionState>();
  let calls: 'connecting' | 'live' | 'down' = 'connecting';
  let over = false;
  let status: StoreStatus = { state: 'connecting', since: clock(), lastError: null };

  function update(lastError: string | null = status.lastError): void {
    const state = current();
    status = { state, since: state === status.state ? status.since : clock(), lastError };
  }

  function current(): ConnectionState {
    if (over) return 'closed';
    if (subscriptions.size === 0) return calls;
    const states = new Set(subscriptions.values());
    return ORDER.find((state) => states.has(state)) ?? 'live';
  }

  return {
    subscription() {
      const key = Symbol('subscription');
      return {
        at(state) {
          subscriptions.set(key, state);
          update();
        },
        ended() {
          subscriptions.delete(key);
          update();
        },
      };
    },
    answered() {
      calls = 'live';
      update();
    },
    failed(message) {
      calls = 'down';
      update(redact(message));
    },
    noted: (message) => update(redact(message)),
    closed() {
      over = true;
      update();
    },
    status: () => status,
  };
}
