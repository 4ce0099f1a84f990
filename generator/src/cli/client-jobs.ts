import { resolve } from "node:path";
import { type Configured, type ConfiguredClient, configuredClients } from "../config/configured-clients.js";
import { ConfigError } from "../config/load-config.js";
import type { Invocation } from "./invocation.js";
import { type ModelPaths, modelsOf } from "./model-files.js";
import { emitOption, outputsOption } from "./options.js";
import type { Job } from "./produce.js";
import type { Terminal } from "./terminal.js";

/** A client that a command handles, and the folder that it is generated into, if a config file names one. */
export interface ClientJob extends Job {
  readonly out: string | undefined;
}

/** The content of the config file, or undefined if it has problems, which were printed. */
export async function readConfig(cwd: string, terminal: Terminal): Promise<Configured | undefined> {
  try {
    return await configuredClients(cwd);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    terminal.error(error.message);
    return undefined;
  }
}

/** The clients that a command line names by their models, otherwise all of the config file. Options win over the file. */
export function clientJobs(invocation: Invocation, configured: Configured, cwd: string): ClientJob[] {
  const models = modelsOf(invocation.models, cwd);
  if (models.length === 0)
    return configured.clients.map((client) => clientJob([client.model], client, invocation, cwd));
  return models.map((model) => clientJob(model, configured.of(model), invocation, cwd));
}

/** A client of one model, with the options of a command line. */
export function clientJob(
  model: ModelPaths,
  client: ConfiguredClient,
  { value, values, has }: Invocation,
  cwd: string,
): ClientJob {
  return {
    model,
    cwd,
    overlays: has("overlay") ? values("overlay") : client.overlays,
    plugins: has("plugin") ? values("plugin") : client.plugins,
    emit: has("emit") ? emitOption(values("emit")) : client.emit,
    service: value("service") ?? client.service,
    packageName: value("package") ?? client.packageName,
    protocol: value("protocol") ?? client.protocol,
    outputs: outputsOption(value("outputs")) ?? client.outputs,
    operations: client.operations,
    out: client.out === undefined ? undefined : resolve(cwd, client.out),
  };
}
