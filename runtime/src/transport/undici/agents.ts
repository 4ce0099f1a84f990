/// <reference path="../undici-agent.d.ts" />
import { isNotInstalled } from "../not-installed.js";
import type { Agent, buildConnector } from "undici";

/** What is used of undici. */
export interface Undici {
  readonly Agent: typeof Agent;
  readonly buildConnector: typeof buildConnector;
}

/**
 * undici's agent and connector, from their own files: the whole package takes 50 ms more to load, for parts that are
 * not used here. A release without these files is loaded whole. A bundler has found the files already, so it need not
 * see the fallback.
 */
export async function loadUndici(): Promise<Undici> {
  try {
    const agent = await import("undici/lib/dispatcher/agent.js");
    const connect = await import("undici/lib/core/connect.js");
    return { Agent: agent.default, buildConnector: connect.default };
  } catch (error) {
    if (!isNotInstalled(error)) throw error;
    const wholePackage: string = "undici";
    return (await import(wholePackage)) as typeof import("undici");
  }
}
