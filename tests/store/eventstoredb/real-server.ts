import { exec } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** A real server to test on. */
export interface RealServer {
  readonly address: string;
  /** restarts it with its data; absent: this one cannot be restarted from here */
  readonly restart?: () => Promise<void>;
  stop(): Promise<void>;
}

const HOW = [
  'To run them, name a server: DEMARCHE_TEST_ESDB=esdb://127.0.0.1:2113?tls=false npm test',
  '(and a command that restarts it: DEMARCHE_TEST_ESDB_RESTART="docker compose restart kurrentdb"),',
  'or have Docker running with the image: docker compose pull kurrentdb',
].join('\n  ');

/** The image of docker-compose.yml: one place says which release this is held against. */
const image = (): string =>
  /image: (\S*kurrentdb\S*)/.exec(readFileSync(new URL('../../../docker-compose.yml', import.meta.url), 'utf8'))?.[1] ??
  '';

/** The server named by DEMARCHE_TEST_ESDB; else one in Docker, if it answers and has the image; else why there is none. */
export async function findRealServer(): Promise<RealServer | undefined> {
  const { DEMARCHE_TEST_ESDB: address, DEMARCHE_TEST_ESDB_RESTART: command } = process.env;
  if (address) {
    const restart = command === undefined ? {} : { restart: async () => void (await promisify(exec)(command)) };
    return { address, ...restart, stop: async () => undefined };
  }
  const found = await inDocker().catch((error: unknown) => String(error));
  if (typeof found !== 'string') return found;
  console.warn(`\n  NOT TESTED against a real EventStoreDB: ${found}.\n  ${HOW}\n`);
  return undefined;
}

async function inDocker(): Promise<RealServer | string> {
  // Loaded only here: it looks for Docker as soon as it is.
  const { GenericContainer, getContainerRuntimeClient, ImageName, Wait } = await import('testcontainers');
  const runtime = await getContainerRuntimeClient().catch(() => undefined);
  if (runtime === undefined) return 'DEMARCHE_TEST_ESDB is not set, and Docker does not answer';
  const name = image();
  if (!(await runtime.image.exists(ImageName.fromString(name)))) return `Docker is there, but not the image ${name}`;
  const container = await new GenericContainer(name)
    .withEnvironment({
      KURRENTDB_INSECURE: 'true',
      KURRENTDB_CLUSTER_SIZE: '1',
      KURRENTDB_RUN_PROJECTIONS: 'None',
      KURRENTDB_TELEMETRY_OPTOUT: 'true',
    })
    // The same port after a restart, as a server has it.
    .withExposedPorts({ container: 2113, host: 21_130 + (process.pid % 1_000) })
    .withWaitStrategy(Wait.forHttp('/health/live', 2113).forStatusCode(204))
    .start();
  return {
    address: `esdb://${container.getHost()}:${container.getMappedPort(2113)}?tls=false`,
    restart: () => container.restart(),
    stop: async () => void (await container.stop()),
  };
}
