import { isValidHostLabel } from "./hostLabel.js";

/**
 * True for a bucket name that can stand in a host name: 3 to 63 lower-case letters, digits and hyphens in one host
 * label or, with `allowSubDomains`, in several joined by dots that do not look like an IPv4 address.
 *
 * @see https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-isvirtualhostables3bucket-function
 */
export function isVirtualHostableS3Bucket(value: string, allowSubDomains: boolean): boolean {
  if (value.length < 3 || value.length > 63 || /[A-Z]/.test(value)) return false;
  return isValidHostLabel(value, allowSubDomains) && !/^(?:\d+\.){3}\d+$/.test(value);
}
