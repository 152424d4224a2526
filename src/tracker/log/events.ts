/** A development as an event of the log. */
import type { Development } from '../../../events/index.ts';
import { digestOf } from '../../../projections/time-index/digest.ts';
import { factsOf } from '../../../projections/time-index/facts.ts';
import type { JsonObject, NewEvent } from '../../store/port.ts';
import { eventId } from './identity.ts';

/**
 * @param metadata about the writing: who recorded it
 * @param timeZone of the negotiation, in which the digest counts
 */
export const eventOf = (development: Development, metadata: JsonObject, timeZone: string): NewEvent => ({
  id: eventId(development.negotiation, development.id),
  type: development.type,
  data: development,
  metadata,
  digest: digestOf(factsOf(development, timeZone)),
});
