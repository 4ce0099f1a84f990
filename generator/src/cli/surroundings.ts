import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { isRecord, unlessMissing } from "../write/disk.js";

/**
 * The files of a package, with the fields of its `package.json` that depend on where it is written, not on the model:
 *
 * - `version` is the version that the package already has. Its owner raises it, at a release.
 * - `license` and `repository` are those of the project around the package, which the nearest `package.json` above
 *   `folder` declares. Registries verify the provenance of a package by its `repository`.
 */
export function placed(files: ReadonlyMap<string, string>, folder: string): ReadonlyMap<string, string> {
  const text = files.get("package.json");
  if (text === undefined) return files;
  const { root, manifest: around } = projectAround(dirname(folder));
  const { name, version, description, license, ...rest } = JSON.parse(text) as Project["manifest"];
  const manifest = {
    name,
    version: versionIn(readManifest(folder)) ?? version,
    description,
    license: typeof around["license"] === "string" && around["license"] !== "" ? around["license"] : license,
    repository: repositoryFor(around["repository"], relative(root, folder)),
    ...rest,
  };
  return new Map([...files, ["package.json", `${JSON.stringify(manifest, undefined, 2)}\n`]]);
}

interface Project {
  readonly root: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

function projectAround(folder: string): Project {
  const manifest = readManifest(folder);
  const parent = dirname(folder);
  if (manifest !== undefined || parent === folder) return { root: folder, manifest: manifest ?? {} };
  return projectAround(parent);
}

/** Undefined where there is no `package.json`; empty where its text is not a JSON object. */
function readManifest(folder: string): Project["manifest"] | undefined {
  const text = unlessMissing(() => readFileSync(join(folder, "package.json"), "utf8"));
  return text === undefined ? undefined : parsed(text);
}

function parsed(text: string): Project["manifest"] {
  try {
    const manifest: unknown = JSON.parse(text);
    return isRecord(manifest) ? manifest : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function versionIn(manifest: Project["manifest"] = {}): string | undefined {
  const { version } = manifest;
  return typeof version === "string" && /^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(version) ? version : undefined;
}

/** `directory` belongs beside a URL; shorthands of npm, such as `github:owner/name`, have no room for it. */
function repositoryFor(repository: unknown, path: string): unknown {
  if (typeof repository === "string") {
    return repository.includes("://") ? repositoryFor({ type: "git", url: repository }, path) : repository || undefined;
  }
  if (!isRecord(repository) || typeof repository["url"] !== "string") return undefined;
  const { directory } = repository;
  const inside = path.split(sep).join("/");
  return { ...repository, directory: typeof directory === "string" ? `${directory}/${inside}` : inside };
}
