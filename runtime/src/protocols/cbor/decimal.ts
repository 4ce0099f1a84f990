const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[Ee]([+-]?\d{1,9}))?$/;

/** Zeros that a decimal is written out with, so that no exponent makes a text longer than its digits account for. */
const maxZeros = 40;

/** A decimal fraction (RFC 8949, section 3.4.4): the number is `mantissa * 10 ** exponent`. */
export type DecimalFraction = readonly [exponent: number, mantissa: bigint];

/**
 * Reads the text of a decimal; its trailing zeros count.
 *
 * @throws TypeError for what is no decimal
 */
export function decimalFraction(text: string): DecimalFraction {
  const [, sign, whole = "", fraction = "", exponent = "0"] = decimal.exec(text) ?? [];
  const digits = whole + fraction;
  if (digits === "") throw new TypeError('A bigDecimal must be a decimal in a string, such as "1.10"');
  const mantissa = BigInt(digits);
  return [Number(exponent) - fraction.length, sign === "-" ? -mantissa : mantissa];
}

/** The text of the content of a decimal fraction. Throws for what is none. */
export function decimalText(content: unknown): string {
  const [exponent, mantissa] = (Array.isArray(content) ? content : []) as unknown[];
  if (!isWhole(exponent) || !isWhole(mantissa)) throw new TypeError("not a decimal fraction");
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
