/**
 * `Idempotency-Key`. That a retry adds nothing follows from the content of a development, with or without a key, and also after a
 * restart. What a key adds: using one for something else is noticed, as far back as keys are remembered.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../events/canonical.ts';
import { DemarcheError, isDemarcheError } from '../../events/errors.ts';

const REMEMBERED = 10_000;

export interface RememberedKeys {
  /**
   * Records under a key. What is refused leaves the key to what it should have been.
   * @throws DemarcheError `IDEMPOTENCY_KEY_REUSED`, and what recording throws
   */
  under<T>(key: string, content: unknown, record: () => Promise<T>): Promise<T>;
}

interface Use {
  readonly digest: string;
  recorded: boolean;
}

export function rememberedKeys(most = REMEMBERED): RememberedKeys {
  const uses = new Map<string, Use>();

  function remember(key: string, use: Use): void {
    uses.delete(key);
    uses.set(key, use);
    const [oldest] = uses.keys();
    if (uses.size > most && oldest !== undefined) uses.delete(oldest);
  }

  return {
    async under(key, content, record) {
      const digest = createHash('sha256').update(canonicalJson(content)).digest('base64');
      const use = uses.get(key) ?? { digest, recorded: false };
      if (use.digest !== digest)
        throw new DemarcheError(
          'IDEMPOTENCY_KEY_REUSED',
          'this key came with other content before; take a new key for it',
        );
      // From the beginning: who comes with something else meanwhile is refused.
      remember(key, use);
      try {
        const answer = await record();
        use.recorded = true;
        remember(key, use);
        return answer;
      } catch (error) {
        if (!use.recorded && isRefusal(error) && uses.get(key) === use) uses.delete(key);
        throw error;
      }
    },
  };
}

/** Nothing was recorded, and that is sure. */
const isRefusal = (error: unknown): boolean => isDemarcheError(error) && error.code !== 'STORE_OUTCOME_UNKNOWN';
