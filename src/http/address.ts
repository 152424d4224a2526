/** Where the server may listen. */
import { isIP } from 'node:net';
import { DemarcheError, refusal } from '../../events/errors.ts';

/** Only this machine reaches it. */
export const isLoopback = (host: string): boolean =>
  host.toLowerCase() === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

export interface Address {
  readonly host: string;
  /** under which address others reach it, through a proxy on this machine or directly */
  readonly url?: string | undefined;
}

/**
 * @param file where the server looks for tokens
 * @throws DemarcheError `SERVER_ADDRESS_INVALID` where others could reach a server while there is no token
 */
export function checkAddress({ host, url }: Address, tokens: { readonly any: boolean; readonly file: string }): void {
  if (tokens.any) return;
  const refuse = (field: string, value: string): never => {
    const message = `others reach ${value}, and no token exists in ${tokens.file}; make one first with "demarche token create --role editor --name <name> --tokens ${tokens.file}"`;
    throw refusal('SERVER_ADDRESS_INVALID', { field, value, message });
  };
  if (!isLoopback(host)) refuse('host', host);
  if (url !== undefined && !isLoopback(bare(new URL(url).hostname))) refuse('url', url);
}

/** The names a server without tokens answers under. */
export const localNames = (url?: string): readonly string[] => [
  'localhost',
  '127.0.0.1',
  '[::1]',
  ...(url === undefined ? [] : [new URL(url).hostname]),
];

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

/** A port that is taken and the like, said as a person would. */
export function listenError(error: unknown, { host, port }: { readonly host: string; readonly port: number }): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const why =
    code === 'EADDRINUSE'
      ? 'something listens there already; choose another with --port'
      : code === 'EACCES'
        ? 'this user may not; choose a port above 1023'
        : code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND'
          ? 'this machine has no such address'
          : undefined;
  return why === undefined
    ? error
    : new DemarcheError('SERVER_ADDRESS_INVALID', `cannot listen on ${host}, port ${port}: ${why}`, { cause: error });
}
