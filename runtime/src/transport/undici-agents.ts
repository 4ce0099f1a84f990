/// <reference path="./undici-agent.d.ts" />
import type { Agent, EnvHttpProxyAgent } from "undici";

/**
 * undici's agent, from its own file: the whole package costs 50 ms more to load, for parts that are not used here. A
 * release that has no such file any more is loaded whole; a bundler has found the file already, so that it need not
 * see the second way.
 */
export async function loadAgent(): Promise<typeof Agent> {
  try {
    return (await import("undici/lib/dispatcher/agent.js")).default;
  } catch (error) {
    const { codeOf } = await import("./systemCodes.js");
    const code = codeOf(error);
    if (code !== "ERR_MODULE_NOT_FOUND" && code !== "ERR_PACKAGE_PATH_NOT_EXPORTED") throw error;
    const wholePackage: string = "undici";
    return ((await import(wholePackage)) as typeof import("undici")).Agent;
  }
}

/** The agent for proxies needs methods that only the whole package puts together. */
export async function loadProxyAgent(): Promise<typeof EnvHttpProxyAgent> {
  return (await import("undici")).EnvHttpProxyAgent;
}
