/**
 * A state of 200 cells over HTTP, from `demarche serve` as it is but for its limit of requests, beside a plain Fastify route. Requests a
 * second are those of the server's processor time: what else the machine does, and what asking costs, is not in them.
 */
import { fileURLToPath } from 'node:url';
import { END, NEGOTIATION, START } from '../data.ts';
import type { Load, Loaded } from '../http/load.ts';
import { PROCESSOR, type Program, start } from '../http/program.ts';
import { serve } from '../http/serve.ts';
import { logFile } from '../log.ts';
import { type Measure, median, ratioOf } from '../row.ts';

const ROUNDS = 5;
const SECONDS = 1.5;
const CONNECTIONS = 50;

const scriptAt = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const HELLO = scriptAt('../http/hello.ts');
const LOAD = scriptAt('../http/load.ts');
const AGAINST = 'a Fastify route that answers {"ok":true}';

type Question = Pick<Load, 'path' | 'headers' | 'status'>;

export const measure: Measure = async function* (setting) {
  const file = await logFile(setting, setting.size);
  const { program: ours, url } = await serve(file);
  const theirs = start(HELLO, [], PROCESSOR.server);
  try {
    const urls = { ours: url, theirs: await theirs.line() };
    const state = `/api/negotiations/${NEGOTIATION}/state`;
    const fixed = `${state}?asOf=${new Date((START + END) / 2).toISOString()}`;
    const etag = await readyWith(`${urls.ours}${fixed}`);
    const kinds: readonly { name: string; least: number; question: Question; warmUp: number }[] = [
      {
        ...{ name: 'not modified', least: 0.9, warmUp: 2 },
        question: { path: fixed, headers: { 'if-none-match': etag }, status: 304 },
      },
      { name: 'cached', least: 0.4, warmUp: 2, question: { path: fixed, headers: {}, status: 200 } },
      {
        ...{ name: 'cached, as browsers take it', least: 0.4, warmUp: 2 },
        question: { path: fixed, headers: { 'accept-encoding': 'gzip, deflate, br' }, status: 200 },
      },
      {
        // Every moment is another one: no answer is there as a whole.
        ...{ name: 'computed, random date', least: 0.2, warmUp: 20 },
        question: { path: `${state}?asOf={moment}`, headers: {}, status: 200 },
      },
    ];
    const hello: Question = { path: '/', headers: {}, status: 200 };
    await asked(theirs, urls.theirs, hello, 2);
    for (const { name, least, question, warmUp } of kinds) {
      await asked(ours, urls.ours, question, warmUp);
      const pairs = { ours: [] as Answered[], theirs: [] as Answered[] };
      for (let round = 0; round < ROUNDS; round += 1) {
        pairs.theirs.push(await asked(theirs, urls.theirs, hello, SECONDS));
        pairs.ours.push(await asked(ours, urls.ours, question, SECONDS));
      }
      const rates = { ours: pairs.ours.map(({ rate }) => rate), theirs: pairs.theirs.map(({ rate }) => rate) };
      yield {
        name: `GET state of 200 cells: ${name}`,
        against: `${AGAINST}, requests a second of processor time`,
        ...{ ratio: ratioOf(rates), goal: { least } },
        detail: `${Math.round(median(rates.ours))} / ${Math.round(median(rates.theirs))} a second; ${described(pairs)}`,
      };
    }
  } finally {
    await Promise.all([ours.stop(), theirs.stop()]);
  }
};

interface Answered {
  /** answers a second of processor time, and of the clock on the wall */
  readonly rate: number;
  readonly onTheWall: number;
  /** bytes of an answer, with its head */
  readonly bytes: number;
}

/** Has a server asked for some seconds. */
async function asked(server: Program, url: string, question: Question, seconds: number): Promise<Answered> {
  const load: Load = { url, ...question, seconds, between: [START, END], connections: CONNECTIONS };
  const before = await server.used();
  const client = start(LOAD, [JSON.stringify(load)], PROCESSOR.client);
  const loaded: Loaded = JSON.parse(await client.line());
  const used = (await server.used()) - before;
  await client.stop();
  return {
    rate: (loaded.answers * 1000) / used,
    onTheWall: loaded.answers / loaded.seconds,
    bytes: loaded.bytes / loaded.answers,
  };
}

function described({ ours, theirs }: { readonly ours: readonly Answered[]; readonly theirs: readonly Answered[] }) {
  const wall = (all: readonly Answered[]) => Math.round(median(all.map(({ onTheWall }) => onTheWall)));
  const bytes = Math.round(median(ours.map((one) => one.bytes)));
  return `on the wall ${wall(ours)} / ${wall(theirs)}; ${bytes} bytes an answer`;
}

/** Waits until a server has read its log, and asks often enough for the answer to be kept. @returns its tag */
async function readyWith(url: string): Promise<string> {
  for (;;) {
    const answers = [await fetch(url), await fetch(url)];
    for (const answer of answers) await answer.arrayBuffer();
    const [first, second] = answers.map(({ status, headers }) => (status === 200 ? headers.get('etag') : null));
    if (first && first === second) return first;
  }
}
