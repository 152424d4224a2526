/**
 * `Idempotency-Key`. That a retry adds nothing follows from the content of a development, with or without a key, and also after a
 * restart. What a key adds: using one for something else is noticed, as far back as keys are remembered.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../events/canonical.ts';
import { DemarcheError } from '../../events/errors.ts';

const REMEMBERED = 10_000;

export interface RememberedKeys {
  /** @throws DemarcheError `IDEMPOTENCY_KEY_REUSED` */
  check(key: string, content: unknown): void;
}

export function rememberedKeys(most = REMEMBERED): RememberedKeys {
  const contents = new Map<string, string>();
  return {
    check(key, content) {
      const digest = createHash('sha256').update(canonicalJson(content)).digest('base64');
      const earlier = contents.get(key);
      if (earlier !== undefined && earlier !== digest)
        throw new DemarcheError(
          'IDEMPOTENCY_KEY_REUSED',
          'this key came with other content before; take a new key for it',
        );
      contents.delete(key);
      contents.set(key, digest);
      const [oldest] = contents.keys();
      if (contents.size > most && oldest !== undefined) contents.delete(oldest);
    },
  };
}
