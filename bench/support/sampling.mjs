// Processor time of a call by part of the code, from V8's sampling profiler.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startContestant } from "./contestant.mjs";

/** @import { Operation } from "./types.d.ts" */

/**
 * Microseconds per call, by group.
 *
 * @param {string} name of the contestant
 * @param {string} endpoint
 * @param {{ operation: Operation | "call", warmUp: number, calls: number, scenario?: string[] }} job the calls of the
 *   warm-up are not sampled
 * @returns {Promise<Map<string, number>>}
 */
export async function sample(name, endpoint, { operation, warmUp, calls, scenario = [] }) {
  const folder = mkdtempSync(join(tmpdir(), "clientsmith-profile-"));
  const contestant = startContestant(name, endpoint, ["--cpu-prof", `--cpu-prof-dir=${folder}`], scenario);
  await contestant.round(operation, warmUp);
  const { wall } = await contestant.round(operation, calls);
  await contestant.stop();
  const [file] = readdirSync(folder);
  const profile = JSON.parse(readFileSync(join(folder, file ?? ""), "utf8"));
  rmSync(folder, { recursive: true });
  return new Map([...timesOf(profile, wall * calls)].map(([group, time]) => [group, time / calls]));
}

/**
 * @typedef {object} ProfileNode
 * @property {number} id
 * @property {Frame} callFrame
 * @property {number[]} [children]
 */

/**
 * Times of the groups in the last microseconds of a profile.
 *
 * @param {{ nodes: ProfileNode[], samples: number[], timeDeltas: number[] }} profile
 * @param {number} last
 */
function timesOf({ nodes, samples, timeDeltas }, last) {
  /** @type {Map<number, string>} */
  const groups = new Map();
  // Parents come before their children. Functions without a source (native ones) count to their callers.
  const [top] = nodes;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  /** @param {ProfileNode | undefined} node @param {string} inherited */
  const visit = (node, inherited) => {
    if (!node) return;
    const group = groupOf(node.callFrame) ?? inherited;
    groups.set(node.id, group);
    for (const child of node.children ?? []) visit(byId.get(child), group);
  };
  visit(top, "other");

  /** @type {Map<string, number>} */
  const times = new Map();
  for (let index = samples.length - 1, left = last; index >= 0 && left > 0; index--) {
    const time = timeDeltas[index] ?? 0;
    left -= time;
    const group = groups.get(samples[index] ?? 0) ?? "other";
    if (group !== "idle") times.set(group, (times.get(group) ?? 0) + time);
  }
  return times;
}

/** @typedef {{ functionName: string, url: string, lineNumber: number, columnNumber: number }} Frame */

/** @param {Frame} frame */
function groupOf({ functionName, url, lineNumber, columnNumber }) {
  if (functionName === "(garbage collector)") return "garbage collector";
  if (functionName === "(idle)") return "idle";
  if (functionName === "(program)") return "Node: native code (event loop, system calls)";
  if (url.includes("/undici/")) return "undici";
  if (url.includes("node:internal/crypto")) return "Node: crypto";
  if (url.startsWith("node:")) return "Node: sockets, streams, timers";
  if (/\/(contestants\/floor|support\/sign)\.mjs/.test(url)) return "floor: signature, JSON";
  const own = /\/(?:src|dist)\/(\w+)(?:\.\w+$|\/)/.exec(sourceOf(url, lineNumber, columnNumber))?.[1];
  if (own !== undefined) return `clientsmith: ${own}`;
  return url === "" ? undefined : "bench";
}

/** @type {Map<string, SourceMap | undefined>} */
const maps = new Map();

/**
 * The source file of a location, because the build joins files of the runtime.
 *
 * @param {string} url
 * @param {number} line
 * @param {number} column
 */
function sourceOf(url, line, column) {
  if (!url.startsWith("file:") || !url.includes("/dist/")) return url;
  if (!maps.has(url)) {
    const file = `${fileURLToPath(url)}.map`;
    maps.set(url, existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, "utf8"))) : undefined);
  }
  const entry = maps.get(url)?.findEntry(line, column);
  return entry && "originalSource" in entry ? entry.originalSource : url;
}
