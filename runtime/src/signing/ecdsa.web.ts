/** `ecdsa.ts` where there is no `node:crypto`: Web Crypto takes no private key without its public one. */
import { ConfigurationError } from "../errors/client.js";

export type SigningKeyPair = never;

export function keyPairOf(_accessKeyId: string, _secretAccessKey: string): SigningKeyPair {
  throw new ConfigurationError(
    "This endpoint asks for AWS Signature Version 4A, which is made in Node.js only. Address a resource of one Region.",
  );
}

export function signEcdsa(keyPair: SigningKeyPair, _text: string): string {
  return keyPair;
}
