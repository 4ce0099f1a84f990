// Processor time of a call by part of the code.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startContestant, startServer } from "./support/contestant.mjs";
import { round } from "./support/numbers.mjs";

/** @import { Bench } from "./support/types.d.ts" */

const calls = 30_000;

/** @type {Bench} */
export const bench = {
  title: "Where the processor time of a GetTrail call goes (sampled; parts of 0.3 µs and more)",
  async run() {
    const [floor, ours] = [await sample("floor"), await sample("clientsmith")];
    const timeOf = (/** @type {string} */ group) => Math.max(ours.get(group) ?? 0, floor.get(group) ?? 0);
    const groups = [...new Set([...ours.keys(), ...floor.keys()])].filter((group) => timeOf(group) >= 0.3);
    const rows = groups
      .toSorted((left, right) => timeOf(right) - timeOf(left))
      .map((group) => ({
        part: group,
        "clientsmith µs": round(ours.get(group) ?? 0, 1),
        "floor µs": round(floor.get(group) ?? 0, 1),
      }));
    return { rows, goals: [] };
  },
};

/**
 * Microseconds per call, by group.
 *
 * @param {string} name
 * @returns {Promise<Map<string, number>>}
 */
export async function sample(name) {
  const folder = mkdtempSync(join(tmpdir(), "clientsmith-profile-"));
  const server = await startServer();
  const contestant = startContestant(name, server.endpoint, ["--cpu-prof", `--cpu-prof-dir=${folder}`]);
  await contestant.round("getTrail", calls);
  await contestant.stop();
  server.stop();
  const [file] = readdirSync(folder);
  const profile = JSON.parse(readFileSync(join(folder, file ?? ""), "utf8"));
  rmSync(folder, { recursive: true });
  return groupTimes(profile);
}

/**
 * @typedef {object} ProfileNode
 * @property {number} id
 * @property {Frame} callFrame
 * @property {number[]} [children]
 */

/** @param {{ nodes: ProfileNode[], samples: number[], timeDeltas: number[] }} profile */
function groupTimes({ nodes, samples, timeDeltas }) {
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
  // The first tenth is warm-up: modules load, functions are not optimized yet.
  const first = Math.floor(samples.length / 10);
  for (let index = first; index < samples.length; index++) {
    const group = groups.get(samples[index] ?? 0) ?? "other";
    if (group === "idle") continue;
    times.set(group, (times.get(group) ?? 0) + (timeDeltas[index] ?? 0));
  }
  return new Map([...times].map(([group, time]) => [group, time / (calls * 0.9)]));
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
