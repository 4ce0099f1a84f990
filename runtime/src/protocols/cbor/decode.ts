import { CborInput } from "./input.js";

/**
 * Decodes a body without a model: numbers (integers beyond 2^53 as bigint, decimal fractions as text), texts, bytes,
 * booleans, arrays, objects, and null, also for undefined.
 *
 * @throws SyntaxError for invalid CBOR
 * @see https://www.rfc-editor.org/rfc/rfc8949
 */
export function decodeCbor(bytes: Uint8Array): unknown {
  const input = new CborInput(bytes);
  const value = input.value();
  input.end();
  return value;
}
