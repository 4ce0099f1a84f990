/** `Region` → `region`, `URLPath` → `urlPath`. */
export function lowerCamel(name: string): string {
  return name.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (start) => start.toLowerCase());
}
