const longest = 214;

/** Why a text is not a valid npm package name. Undefined if it is valid. */
export function packageNameProblem(name: string): string | undefined {
  if (name.length > longest) return `is longer than the ${longest} characters that npm allows`;
  if (/[A-Z]/.test(name)) return "has capital letters, which npm does not allow in a package name";
  const [, scope, local] = /^(?:@([^/]*)\/)?(.*)$/s.exec(name) ?? [];
  for (const part of scope === undefined ? [local ?? ""] : [scope, local ?? ""]) {
    if (/^[._]/.test(part)) return "has a part that starts with a dot or an underscore";
    if (!/^[a-z0-9~-][a-z0-9._~-]*$/.test(part)) {
      return "is not an npm package name: use lowercase letters, digits, hyphens, dots and underscores, as in @scope/name";
    }
  }
  return local === "node_modules" || local === "favicon.ico" ? "is a name that npm reserves" : undefined;
}
