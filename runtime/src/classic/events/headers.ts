/** Headers of a request: listeners see them under the names of AWS SDK v2, the transport gets lower-case ones. */

/** Names whose parts are not capitalized. */
const special: Readonly<Record<string, string>> = {
  "content-md5": "Content-MD5",
  "x-amz-security-token": "x-amz-security-token",
};

/** `content-type` as `Content-Type`. Modelled names that start with `x-amz-` are in lower case. */
export function shownName(name: string): string {
  const known = special[name];
  if (known !== undefined) return known;
  const isModelled = name.startsWith("x-amz-") && !/^x-amz-(target|date|content-sha256)$/.test(name);
  return isModelled ? name : name.replaceAll(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

/** Sets a header under its usual name, and removes other spellings of it. */
export function setHeader(headers: Record<string, string | number>, name: string, value: string | number): void {
  removeHeader(headers, name);
  headers[shownName(name)] = value;
}

export function removeHeader(headers: Record<string, string | number>, name: string): void {
  for (const each of Object.keys(headers)) if (each.toLowerCase() === name) delete headers[each];
}

/** By lower-case name; of two spellings of a name the later one wins. */
export function wireHeaders(headers: Readonly<Record<string, string | number | undefined>>): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && value !== null) result[name.toLowerCase()] = String(value);
  }
  return result;
}
