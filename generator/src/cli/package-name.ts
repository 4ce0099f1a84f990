const longest = 214;

/** What keeps a text from being the name of a package of npm; undefined where nothing does. */
export function packageNameProblem(name: string): string | undefined {
  if (name.length > longest) return `is longer than the ${longest} characters that npm allows`;
  if (/[A-Z]/.test(name)) return "has capitals, which npm does not allow in a name";
  const [, scope, local] = /^(?:@([^/]*)\/)?(.*)$/s.exec(name) ?? [];
  for (const part of scope === undefined ? [local ?? ""] : [scope, local ?? ""]) {
    if (/^[._]/.test(part)) return "has a part that begins with a dot or an underscore";
    if (!/^[a-z0-9~-][a-z0-9._~-]*$/.test(part)) {
      return "is no name of npm: one is of small letters, digits, hyphens, dots and underscores, as in @scope/name";
    }
  }
  return local === "node_modules" || local === "favicon.ico" ? "is a name that npm keeps for itself" : undefined;
}
