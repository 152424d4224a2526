/** A development as an event of the log. */
import type { Development } from '../../events/index.ts';
import type { JsonObject, NewEvent } from '../store/port.ts';
import { eventId } from './identity.ts';

/** @param metadata about the writing: who recorded it */
export const eventOf = (development: Development, metadata: JsonObject): NewEvent => ({
  id: eventId(development.negotiation, development.id),
  type: development.type,
  data: development,
  metadata,
});
