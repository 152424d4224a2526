import { type DemarcheError, refusal } from '../../events/errors.ts';
import { withoutPassword } from './address.ts';
import type { EventStore } from './port.ts';

export type { EventStore } from './port.ts';

export interface OpenOptions {
  /** milliseconds since 1970, for stores that record by our clock */
  readonly clock?: () => number;
}

const EXAMPLES = 'sqlite:./demarche.db, sqlite::memory:, esdb://host:2113, esdb+discover://host:2113';

/**
 * Opens the store an address names: `sqlite:path`, `sqlite::memory:`, `esdb://…`, `esdb+discover://…`. An address of the server's
 * newer name, `kurrentdb://…`, means the same.
 * @throws DemarcheError `STORE_ADDRESS_INVALID`, and what the store itself throws on opening
 */
export async function openStore(address: string, options: OpenOptions = {}): Promise<EventStore> {
  const [, scheme = '', rest = ''] = /^([a-z+]+):(.*)$/s.exec(address.trim()) ?? [];
  // Each driver is loaded only by those who use it: the client of EventStoreDB alone takes longer than a command should.
  switch (scheme) {
    case 'sqlite': {
      if (rest === '') throw invalid('The address names no file', address);
      const { openSqliteStore } = await import('./sqlite.ts');
      return openSqliteStore({ path: rest, ...options });
    }
    case 'esdb':
    case 'esdb+discover':
    case 'kurrentdb':
    case 'kurrentdb+discover': {
      if (!/^\/\/./.test(rest)) throw invalid('The address names no server', address);
      const { openEventStoreDb } = await import('./eventstoredb.ts');
      return openEventStoreDb(`${scheme.replace('kurrentdb', 'esdb')}:${rest}`, options);
    }
    default:
      throw invalid(scheme === '' ? 'The address has no scheme' : `There is no store "${scheme}:"`, address);
  }
}

function invalid(what: string, address: string): DemarcheError {
  const shown = withoutPassword(address);
  const fault = { field: 'store', value: shown, message: `An address such as ${EXAMPLES}.` };
  return refusal('STORE_ADDRESS_INVALID', fault, `${what}: "${shown}". Known are ${EXAMPLES}.`);
}
