import { encodeHex } from "../../text/bytes.js";

/** Max bytes of the digits of one number: the time to decode it grows faster than its length. */
const maxNumberBytes = 4096;

/** The number that the bits of a half-precision float (RFC 8949, section 3.4, appendix D) represent. */
export function halfFloat(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits >> 15 ? -1 : 1;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? 2 ** (exponent - 25) * (1024 + fraction) : 2 ** -24 * fraction);
}

/**
 * The number that the bytes of a bignum (RFC 8949, section 3.4.3) represent.
 *
 * @throws SyntaxError for other content
 */
export function magnitude(content: unknown): bigint {
  if (!(content instanceof Uint8Array)) throw new SyntaxError("A bignum in CBOR should contain bytes");
  if (content.byteLength > maxNumberBytes)
    throw new SyntaxError(`A bignum in CBOR should have at most ${maxNumberBytes} bytes`);
  return BigInt(`0x0${encodeHex(content)}`);
}

const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[Ee]([+-]?\d{1,9}))?$/;

/** Max zeros when a decimal is written out, so that no exponent makes a text much longer than its digits. */
const maxZeros = 40;

/** A decimal fraction (RFC 8949, section 3.4.4): the number is `mantissa * 10 ** exponent`. */
export type DecimalFraction = readonly [exponent: number, mantissa: bigint];

/**
 * Parses the text of a decimal; its trailing zeros count.
 *
 * @throws TypeError for an invalid decimal
 */
export function decimalFraction(text: string): DecimalFraction {
  const [, sign, whole = "", fraction = "", exponent = "0"] = decimal.exec(text) ?? [];
  const digits = whole + fraction;
  if (digits === "") throw new TypeError('A bigDecimal must be a decimal in a string, such as "1.10"');
  const mantissa = BigInt(digits);
  return [Number(exponent) - fraction.length, sign === "-" ? -mantissa : mantissa];
}

/**
 * The text of a decimal fraction.
 *
 * @throws SyntaxError for other content
 */
export function decimalText(content: unknown): string {
  const [exponent, mantissa] = (Array.isArray(content) ? content : []) as unknown[];
  if (!isWhole(exponent) || !isWhole(mantissa)) {
    throw new SyntaxError("A decimal fraction in CBOR should contain two whole numbers");
  }
  const power = Number(exponent);
  const sign = mantissa < 0 ? "-" : "";
  const digits = String(mantissa).replace("-", "");
  if (power > 0) return power > maxZeros ? `${sign}${digits}E${power}` : `${sign}${digits}${"0".repeat(power)}`;
  if (power === 0) return sign + digits;
  const missing = -power - digits.length;
  if (missing > maxZeros) return `${sign}${digits}E${power}`;
  const padded = missing >= 0 ? "0".repeat(missing + 1) + digits : digits;
  return `${sign}${padded.slice(0, power)}.${padded.slice(power)}`;
}

function isWhole(value: unknown): value is number | bigint {
  return typeof value === "bigint" || Number.isSafeInteger(value);
}
