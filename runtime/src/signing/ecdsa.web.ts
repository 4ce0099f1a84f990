/** `ecdsa.ts` for platforms without `node:crypto`: Web Crypto cannot import a private key without its public key. */
import { ConfigurationError } from "../errors/client.js";

export type SigningKeyPair = never;

export function keyPairOf(_accessKeyId: string, _secretAccessKey: string): SigningKeyPair {
  throw new ConfigurationError(
    "This endpoint requires AWS Signature Version 4A, which is supported in Node.js only. Use a resource of a single Region.",
  );
}

export function signEcdsa(keyPair: SigningKeyPair, _text: string): string {
  return keyPair;
}
