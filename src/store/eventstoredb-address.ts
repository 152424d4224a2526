import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { ChannelCredentialOptions, EventStoreDBClient, NodePreference } from '@eventstore/db-client';
import { type DemarcheError, refusal } from '../../events/errors.ts';

/** An `esdb://` address taken apart: what the client needs, and what people may see. */
export interface Address {
  /** the address as people may see it: no password */
  readonly shown: string;
  /** takes every secret of the address out of a text */
  readonly redact: (text: string) => string;
  /** two addresses that name the same server in the same way share one client */
  readonly key: string;
  readonly settings: Settings;
  readonly channel: ChannelCredentialOptions;
  readonly credentials: { readonly username: string; readonly password: string } | undefined;
}

type Endpoint = { readonly address: string; readonly port: number };
type Settings = ConstructorParameters<typeof EventStoreDBClient>[0];

/** Pings after 10 s of silence and waits 10 s for the answer: a frozen server is noticed within 25 s. In milliseconds. */
export const KEEP_ALIVE = { interval: 10_000, timeout: 10_000 } as const;

const ADDRESS =
  /^(?<scheme>(?:esdb|kurrentdb)(?:\+discover)?):\/\/(?:(?<credentials>[^/?#]*)@)?(?<hosts>[^@/?#]+)\/*(?:\?(?<query>.*))?$/s;

const NUMBERS = [
  'keepAliveInterval',
  'keepAliveTimeout',
  'defaultDeadline',
  'gossipTimeout',
  'discoveryInterval',
  'maxDiscoverAttempts',
] as const;
const FILES = ['tlsCAFile', 'userCertFile', 'userKeyFile'] as const;
const PREFERENCES: readonly NodePreference[] = ['leader', 'follower', 'random', 'read_only_replica'];
const OPTIONS = ['tls', 'nodePreference', 'connectionName', ...NUMBERS, ...FILES] as const;
type Option = (typeof OPTIONS)[number];

/**
 * Takes an address apart. Done here and not by the client: that one prints the whole address, password and all, for an option it
 * does not know, cuts a password at its first colon, and passes over `tlsVerifyCert=false` in silence.
 * @throws DemarcheError `STORE_ADDRESS_INVALID`, without the password
 */
export function parseAddress(address: string): Address {
  const { scheme = '', credentials, hosts = '', query } = ADDRESS.exec(address.trim())?.groups ?? {};
  const secrets = secretsOf(credentials);
  const redact = (text: string): string => secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
  const user = credentials?.split(':')[0];
  const shown = `${scheme}://${user === undefined ? '' : `${user}:***@`}${hosts}${query ? `?${redact(query)}` : ''}`;
  const invalid = (message: string): DemarcheError =>
    refusal(
      'STORE_ADDRESS_INVALID',
      { field: 'store', message: redact(message) },
      redact(`${message} (${hosts === '' ? 'in the address' : shown})`),
    );
  if (hosts === '') throw invalid('Not an address such as esdb://host:2113 or esdb+discover://name:2113');
  const options = parseOptions(query, invalid);
  const endpoints = hosts.split(',').map((host) => parseHost(host, invalid));
  const channel = parseChannel(options, invalid);
  const bare = endpoints.find((endpoint) => isIP(endpoint.address));
  // Node refuses to name a bare address when it greets a server over TLS, and the gRPC library always does.
  if (!channel.insecure && bare)
    throw invalid(`With TLS a server goes by its name, not by ${bare.address}; or tls=false`);
  const discover = scheme.endsWith('+discover');
  if (discover && endpoints.length > 1) throw invalid('Discovery takes one name; a list of nodes goes with esdb://');
  return {
    shown,
    redact,
    key: address.trim(),
    settings: { ...parseSettings(options, invalid), ...target(endpoints, discover) } as Settings,
    channel,
    credentials: parseCredentials(credentials, invalid),
  };
}

function target(endpoints: readonly Endpoint[], discover: boolean): object {
  const [first] = endpoints;
  if (discover) return { discover: first };
  return endpoints.length > 1 ? { endpoints: [...endpoints] } : { endpoint: first };
}

/** The password in every form it may take in a text. */
function secretsOf(credentials: string | undefined): readonly string[] {
  if (credentials === undefined) return [];
  const raw = credentials.slice(credentials.indexOf(':') + 1);
  const password = decoded(raw) ?? raw;
  const user = credentials.split(':')[0] ?? '';
  const basic = Buffer.from(`${decoded(user) ?? user}:${password}`).toString('base64');
  return [raw, password, encodeURIComponent(password), basic].filter((secret) => secret !== '');
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

type Invalid = (message: string) => DemarcheError;

function parseCredentials(credentials: string | undefined, invalid: Invalid): Address['credentials'] {
  if (credentials === undefined) return undefined;
  const colon = credentials.indexOf(':');
  const username = decoded(credentials.slice(0, Math.max(colon, 0)));
  const password = decoded(credentials.slice(colon + 1));
  if (!username || !password) throw invalid('Credentials are user:password@, each percent-encoded');
  return { username, password };
}

function parseHost(host: string, invalid: Invalid): Endpoint {
  const { address, port = '2113' } =
    /^(?<address>[A-Za-z0-9._-]+)(?::(?<port>\d{1,5}))?$/.exec(host.trim())?.groups ?? {};
  if (address === undefined || Number(port) > 65_535 || port === '0')
    throw invalid(`"${host}" is not host or host:port`);
  return { address, port: Number(port) };
}

function parseOptions(query: string | undefined, invalid: Invalid): ReadonlyMap<Option, string> {
  const options = new Map<Option, string>();
  for (const [name, value] of new URLSearchParams(query ?? '')) {
    if (/^tlsVerifyCert$/i.test(name)) {
      if (value === 'true') continue;
      throw invalid('tlsVerifyCert=false has no effect in this client; give the authority with tlsCAFile=…');
    }
    const option = OPTIONS.find((known) => known.toLowerCase() === name.toLowerCase());
    if (option === undefined) throw invalid(`There is no option "${name}"; known are ${OPTIONS.join(', ')}`);
    options.set(option, value.trim());
  }
  return options;
}

function parseSettings(options: ReadonlyMap<Option, string>, invalid: Invalid): object {
  const preference = options.get('nodePreference')?.toLowerCase();
  if (preference !== undefined && !PREFERENCES.includes(preference as NodePreference))
    throw invalid(`nodePreference is one of ${PREFERENCES.join(', ')}`);
  const numbers = NUMBERS.flatMap((name) => {
    const value = options.get(name);
    if (value === undefined) return [];
    if (!/^-?\d{1,9}$/.test(value)) throw invalid(`${name} is a whole number`);
    return [[name, Number(value)] as const];
  });
  const connectionName = options.get('connectionName');
  return {
    keepAliveInterval: KEEP_ALIVE.interval,
    keepAliveTimeout: KEEP_ALIVE.timeout,
    ...Object.fromEntries(numbers),
    ...(preference === undefined ? {} : { nodePreference: preference }),
    ...(connectionName === undefined ? {} : { connectionName }),
  };
}

function parseChannel(options: ReadonlyMap<Option, string>, invalid: Invalid): ChannelCredentialOptions {
  const tls = options.get('tls') ?? 'true';
  if (tls !== 'true' && tls !== 'false') throw invalid('tls is true or false');
  const [rootCertificate, userCertFile, userKeyFile] = FILES.map((name) => {
    const path = options.get(name);
    if (path === undefined) return undefined;
    if (!existsSync(path)) throw invalid(`${name}: there is no file ${path}`);
    return readFileSync(path);
  });
  if ((userCertFile === undefined) !== (userKeyFile === undefined))
    throw invalid('userCertFile and userKeyFile go together');
  return {
    insecure: tls === 'false',
    ...(rootCertificate ? { rootCertificate } : {}),
    ...(userCertFile && userKeyFile ? { userCertFile, userKeyFile } : {}),
  };
}
