/**
 * True for a host label of RFC 1123: 1 to 63 letters, digits and hyphens, no hyphen at either end. With
 * `allowSubDomains`, true for such labels joined by dots.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#isvalidhostlabel-function
 */
export function isValidHostLabel(value: string, allowSubDomains: boolean): boolean {
  const labels = allowSubDomains ? value.split(".") : [value];
  return labels.every((label) => /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(label));
}
