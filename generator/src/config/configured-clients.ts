import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { ClientConfig, ClientDefaults } from "./define-config.js";
import { ConfigError, findConfig, type LoadedConfig, loadConfig } from "./load-config.js";

/** A client as its config file describes it, defaults filled in and paths relative to the working folder. */
export interface ConfiguredClient {
  /** Undefined of a client that no config file names. */
  readonly out: string | undefined;
  readonly model: string;
  readonly packageName: string | undefined;
  readonly service: string | undefined;
  readonly operations: readonly string[] | undefined;
  readonly overlays: readonly string[];
  readonly plugins: readonly string[];
  readonly emit: readonly string[];
  readonly protocol: string | undefined;
  readonly outputs: ClientDefaults["outputs"];
}

export interface Configured {
  /** The config file; undefined where there is none. */
  readonly file: string | undefined;
  readonly clients: readonly ConfiguredClient[];
  /** The settings of a model: those of the client that is generated from it, else the defaults of the config. */
  readonly of: (paths: readonly [string, ...string[]]) => ConfiguredClient;
}

/**
 * The clients of the config file that is in the working folder or above it; none where there is no file.
 *
 * @throws ConfigError where it cannot be used
 */
export async function configuredClients(cwd: string): Promise<Configured> {
  const file = findConfig(cwd);
  const loaded = file === undefined ? undefined : await loadConfig(file);
  const clients = loaded ? loaded.config.clients.map((client) => clientOf(client, loaded, cwd)) : [];
  const pathOf = (name: string): string => resolve(cwd, name);
  return {
    file,
    clients,
    of: ([model, ...others]) =>
      clients.find((client) => others.length === 0 && pathOf(client.model) === pathOf(model)) ?? {
        ...(loaded
          ? settingsOf({}, loaded, cwd)
          : { overlays: [], plugins: [], emit: [], protocol: undefined, outputs: undefined }),
        model,
        out: undefined,
        packageName: undefined,
        service: undefined,
        operations: undefined,
      },
  };
}

function clientOf(client: ClientConfig, loaded: LoadedConfig, cwd: string): ConfiguredClient {
  const { model, out, service, operations } = client;
  return {
    ...settingsOf(client, loaded, cwd),
    model: typeof model === "string" ? inFolder(model, loaded, cwd) : inPackage(model, loaded, cwd),
    out: inFolder(out, loaded, cwd),
    packageName: client.package,
    service,
    operations,
  };
}

function settingsOf(
  own: ClientDefaults,
  loaded: LoadedConfig,
  cwd: string,
): Pick<ConfiguredClient, "overlays" | "plugins" | "emit" | "protocol" | "outputs"> {
  const { defaults = {} } = loaded.config;
  return {
    overlays: [...(defaults.overlays ?? []), ...(own.overlays ?? [])].map((path) => inFolder(path, loaded, cwd)),
    plugins: [...(defaults.plugins ?? []), ...(own.plugins ?? [])].map((name) => pluginIn(name, loaded)),
    emit: [...(defaults.emit ?? []), ...(own.emit ?? [])],
    protocol: own.protocol ?? defaults.protocol,
    outputs: own.outputs ?? defaults.outputs,
  };
}

function inFolder(path: string, { file }: LoadedConfig, cwd: string): string {
  return relative(cwd, resolve(dirname(file), path)) || ".";
}

/** A plug-in is a file where there is one, else a package. */
function pluginIn(name: string, { file }: LoadedConfig): string {
  const path = resolve(dirname(file), name);
  return existsSync(path) ? path : name;
}

function inPackage(
  { package: name, path }: { readonly package: string; readonly path: string },
  { file }: LoadedConfig,
  cwd: string,
): string {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const found = join(folder, "node_modules", name);
    if (existsSync(found)) return relative(cwd, join(found, path));
    if (dirname(folder) === folder) {
      throw new ConfigError(file, [`The package ${name} is not installed, so its ${path} cannot be read.`]);
    }
  }
}
