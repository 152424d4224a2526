/** From an event of the store to an entry of the log, as this version of the catalogue reads it. */
import {
  DEVELOPMENT_TYPES,
  DemarcheError,
  type Development,
  type DevelopmentType,
  type Entry,
  parseDevelopment,
  upcast,
} from '../../../events/index.ts';
import type { RecordedEvent } from '../../store/port.ts';

/**
 * What an event of the store says. The moment of recording never steps back within a log: where a clock did, the last one holds.
 * @throws DemarcheError `SCHEMA_VERSION_UNKNOWN` where a newer Demarche wrote it, `STORE_CORRUPT` where what an older one wrote is no whole
 *   development: reading stops there, visibly
 */
export function entryOf(event: RecordedEvent, notBefore: number): Entry {
  if (!DEVELOPMENT_TYPES.includes(event.type as DevelopmentType)) {
    const message = `event ${event.id} at position ${event.position} is a "${event.type}", which this Demarche does not know; read it with a newer one`;
    throw new DemarcheError('SCHEMA_VERSION_UNKNOWN', message);
  }
  return {
    development: developmentOf(event),
    revision: Number(event.revision),
    position: event.position,
    recorded: Math.max(event.recorded, notBefore),
    recorder: typeof event.metadata.by === 'string' ? event.metadata.by : null,
  };
}

/** What an earlier version left to its reader to assume is filled in; what was written by this version says it all. */
function developmentOf(event: RecordedEvent): Development {
  const written = upcast(event.data);
  if (written === event.data) return written as Development;
  const parsed = parseDevelopment(written);
  if (parsed.ok) return parsed.value as Development;
  const [first] = parsed.faults;
  const message = `event ${event.id} at position ${event.position} is not whole, as it was written by an earlier version: ${first?.field}: ${first?.message}`;
  throw new DemarcheError('STORE_CORRUPT', message, { faults: parsed.faults });
}
