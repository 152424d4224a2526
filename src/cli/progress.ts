/** Progress of what takes its time, on standard error: a bar on a terminal, a plain line every few seconds elsewhere. */
import { SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.ts';

export interface Progress {
  /** @param total absent: nobody knows how much there is */
  update(done: number, total?: number): void;
  /** another step of the same work */
  step(name: string): void;
  stop(): void;
}

/** Seconds between plain lines, and before the first: what is quick says nothing. */
const PLAIN_SECONDS = 3;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** @param unit what is counted: "developments", "KB" */
export const startProgress = (terminal: Terminal, step: string, unit: string): Progress =>
  terminal.progress.drawn ? bar(terminal, step, unit) : plain(terminal, step, unit);

function bar({ progress: { stream } }: Terminal, first: string, unit: string): Progress {
  const one = new SingleBar({
    stream,
    format: (options, { progress, value, total }, { step }) => {
      const size = options.barsize ?? 40;
      const filled = Math.round(Math.min(1, progress) * size);
      return total > 0
        ? `${step} ${'━'.repeat(filled)}${'─'.repeat(size - filled)} ${Math.floor(progress * 100)} % of ${amount(total)} ${unit}`
        : `${step} ${amount(value)} ${unit}`;
    },
    barsize: 24,
    fps: 10,
    clearOnComplete: true,
    hideCursor: true,
  });
  // Ctrl-C: the cursor comes back, and the signal does what it would have done without us.
  const interrupted = (signal: NodeJS.Signals) => {
    stop();
    process.kill(process.pid, signal);
  };
  const stop = () => {
    for (const signal of SIGNALS) process.removeListener(signal, interrupted);
    one.stop();
  };
  for (const signal of SIGNALS) process.on(signal, interrupted);
  one.start(0, 0, { step: first });
  return {
    update(done, total) {
      if (total !== undefined) one.setTotal(total);
      one.update(done);
    },
    step: (step) => one.update({ step }),
    stop,
  };
}

function plain(terminal: Terminal, first: string, unit: string): Progress {
  let step = first;
  let told = performance.now();
  function tell(text: string): void {
    if (performance.now() - told < PLAIN_SECONDS * 1000) return;
    told = performance.now();
    terminal.note([{ text }]);
  }
  return {
    update(done, total) {
      const part = total ? ` of ${amount(total)} ${unit} (${Math.floor((100 * done) / total)} %)` : ` ${unit}`;
      tell(`${step}: ${amount(done)}${part}`);
    },
    step(next) {
      step = next;
      tell(step);
    },
    stop: () => {},
  };
}

const amount = (count: number): string => count.toLocaleString('en');
