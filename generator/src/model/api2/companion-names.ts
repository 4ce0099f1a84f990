/**
 * Names of companion files of a description: `paginators-1.json` and `waiters-2.json` for `api-2.json` and
 * `service-2.json`, `x.paginators.json` and `x.waiters2.json` for `x.min.json` and `x.json`.
 */
export function companionNames(file: string): readonly string[] {
  const stem = file.replace(/(\.(min|normal))?\.json$/, "");
  if (stem === file) return [];
  if (/(^|[\\/])(api|service)-2$/.test(stem)) {
    const folder = stem.replace(/(api|service)-2$/, "");
    return [`${folder}paginators-1.json`, `${folder}waiters-2.json`];
  }
  return [`${stem}.paginators.json`, `${stem}.waiters2.json`];
}
