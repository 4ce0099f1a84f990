import { createHmac, randomBytes } from "node:crypto";
import { equalInConstantTime } from "../signing/hash.js";

/** Tokens are valid in this process only. */
const key = randomBytes(32);

const positionBytes = 5;
const sealBytes = 11;

/**
 * An opaque token for the page that starts at an item. It has 32 hexadecimal digits, because some services limit the
 * length and the characters of their tokens.
 *
 * @param query what the token is valid for; compared as JSON
 */
export function sealToken(start: number, query: unknown): string {
  const position = Buffer.alloc(positionBytes);
  position.writeUIntBE(start, 0, positionBytes);
  const seal = createHmac("sha256", key)
    .update(JSON.stringify([start, query], (_key, value: unknown) => (typeof value === "bigint" ? `${value}n` : value)))
    .digest();
  return Buffer.concat([position, seal.subarray(0, sealBytes)]).toString("hex");
}

/** The start of the page of a token; undefined for a token that is not of {@link sealToken}, with the same query. */
export function openToken(token: string, query: unknown): number | undefined {
  if (!/^[\da-f]{32}$/.test(token)) return undefined;
  const start = Number.parseInt(token.slice(0, positionBytes * 2), 16);
  return equalInConstantTime(token, sealToken(start, query)) ? start : undefined;
}
