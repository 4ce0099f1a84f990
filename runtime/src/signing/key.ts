import { hmacSha256 } from "./hash.js";

/** Max signing keys kept per credentials object: enough for a change of the day and a few Regions. */
const maxKeys = 50;

/** The part of credentials that signing keys are derived from. */
interface SecretAccessKey {
  readonly secretAccessKey: string;
}

interface Held {
  readonly secretAccessKey: string;
  readonly keys: Map<string, Uint8Array>;
}

/** The credential scope: `20150830/us-east-1/cloudtrail/aws4_request`. */
export function credentialScope(signingDate: string, region: string, service: string): string {
  return `${signingDate.slice(0, 8)}/${region}/${service}/aws4_request`;
}

/** The signing key of a scope: a chain of HMACs over its parts, starting with the secret. */
export function deriveSigningKey(secretAccessKey: string, scope: string): Uint8Array {
  let key: string | Uint8Array = `AWS4${secretAccessKey}`;
  for (const part of scope.split("/")) key = hmacSha256(key, part);
  return key as Uint8Array;
}

/**
 * Signing keys of one client, by credentials object and scope. They are released with the credentials object, and no
 * cache key contains a secret. Credentials whose secret was changed in place get new keys.
 */
export class SigningKeyCache {
  readonly #held = new WeakMap<SecretAccessKey, Held>();

  get(credentials: SecretAccessKey, scope: string): Uint8Array {
    const { secretAccessKey } = credentials;
    let held = this.#held.get(credentials);
    if (held?.secretAccessKey !== secretAccessKey) {
      held = { secretAccessKey, keys: new Map() };
      this.#held.set(credentials, held);
    }
    const { keys } = held;
    let key = keys.get(scope);
    if (key === undefined) {
      if (keys.size >= maxKeys) keys.clear();
      key = deriveSigningKey(secretAccessKey, scope);
      keys.set(scope, key);
    }
    return key;
  }
}
