import { invoke } from "../call/invoke.js";
import type { Client } from "../client/client.js";
import type { CallOptions } from "../config/options.js";
import { outputToJson } from "../interop/json-form.js";
import { paginate } from "../operations/paginate.js";
import type { Operation } from "../schema/service.js";
import { isObject } from "../schema/values.js";
import type { Part } from "./continuations.js";
import { eventStreamOf } from "../schema/shapes.js";
import { collectEvents } from "./events.js";
import type { Limits } from "./limits.js";
import { bufferStreams } from "./streams.js";
import type { McpTool } from "./types.js";

type Json = Readonly<Record<string, unknown>>;

/** Every constraint of the model is checked: callers are programs that have read the schema. */
const validation = { min: true, max: true, pattern: true, enum: true } as const;

/**
 * Calls an operation. Of one with events, the first ones are read. Of a paginated one with items, pages are requested until the budget is used up, `maxPages` at most;
 * the items of all pages are in the last page.
 *
 * @param startToken token of the first page
 */
export async function callTool(
  client: Client,
  tool: McpTool,
  input: object,
  limits: Limits,
  signal: AbortSignal | undefined,
  startToken?: string,
): Promise<Part> {
  const { operation, pagination } = tool;
  const options: CallOptions = { signal, validation };
  if (eventStreamOf(operation.output)) return callForEvents(client, operation, input, limits, options);
  if (!pagination) {
    return {
      text: JSON.stringify(await read(operation, await invoke(client, operation, input, options), limits)),
      more: undefined,
    };
  }
  const call = (_client: Client, request: object, given?: CallOptions): Promise<object> =>
    invoke(client, operation, request, given);
  const paginator = paginate(call, pagination, client, input, { ...options, startToken });
  let merged: Json = {};
  const maxPages = pagination.items ? limits.maxPages : 1;
  for await (const page of paginator.pages({ maxPages })) {
    const json = await read(operation, page, limits);
    merged = pagination.items ? withItems(json, merged, pagination.items) : json;
    if (JSON.stringify(merged).length >= limits.budget) break;
  }
  const { nextToken } = paginator;
  const more =
    nextToken === undefined
      ? undefined
      : (nextSignal: AbortSignal | undefined): Promise<Part> =>
          callTool(client, tool, input, limits, nextSignal, nextToken);
  return { text: JSON.stringify(merged), more };
}

/** The time limit is that of the call and its events together: clients of the protocol do not wait long. */
async function callForEvents(
  client: Client,
  operation: Operation,
  input: object,
  limits: Limits,
  options: CallOptions,
): Promise<Part> {
  const startedAt = performance.now();
  const deadline = limits.maxSeconds * 1000;
  const output = await invoke(client, operation, input, { ...options, deadline });
  const left = Math.max(0, deadline - (performance.now() - startedAt));
  const { events, note, failed } = await collectEvents(operation, output, limits, left);
  return {
    text: JSON.stringify({ ...(await read(operation, output, limits)), ...events }),
    more: undefined,
    note,
    failed,
  };
}

async function read(operation: Operation, output: object, { budget }: Limits): Promise<Json> {
  return outputToJson(operation.output, await bufferStreams(operation.output, output, budget), { redact: true });
}

/** A page with the items of the pages before it in front of its own. */
function withItems(page: Json, before: Json, [name, ...path]: readonly string[]): Json {
  if (name === undefined) return page;
  const [own, others] = [page[name], before[name]];
  if (path.length > 0)
    return { ...page, [name]: withItems(isObject(own) ? own : {}, isObject(others) ? others : {}, path) };
  if (Array.isArray(own) || Array.isArray(others)) return { ...page, [name]: [others ?? [], own ?? []].flat() };
  return isObject(own) || isObject(others) ? { ...page, [name]: { ...(others as Json), ...(own as Json) } } : page;
}
