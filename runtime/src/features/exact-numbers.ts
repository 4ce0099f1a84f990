import type { ExactNumbers } from "../protocols/json/read.js";
import { ExactJsonReader } from "../protocols/json/read-exactly.js";
import type { Feature } from "./feature.js";

/**
 * The output contains a `bigInteger` or `bigDecimal` that arrives as JSON: every digit is read, also of numbers that a
 * JavaScript number cannot represent.
 *
 * @see https://smithy.io/2.0/spec/simple-types.html#bigdecimal
 */
export function exactNumbers(): Feature {
  const data: ExactNumbers = (settings) => new ExactJsonReader(settings);
  return { name: "exact-numbers", data };
}
