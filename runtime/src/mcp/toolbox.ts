import type { Client } from "../client/client.js";
import { isClientsmithError } from "../errors/base.js";
import { AbortedError } from "../errors/client.js";
import { inputFromJson } from "../interop/json-form.js";
import { nearest } from "../text/nearest.js";
import { matchesAny, patternProblem } from "./allow.js";
import { type Continuation, Continuations, type Part } from "./continuations.js";
import { errorText } from "./error-text.js";
import { eventStreamOf } from "../schema/shapes.js";
import { type Limits, limitsOf } from "./limits.js";
import { callTool } from "./pages.js";
import type { ListedTool, McpSettings, McpTool, ToolResult } from "./types.js";

/**
 * The operations of a service as tools of the Model Context Protocol. Only read-only operations and those that the settings
 * allow are tools. Outputs are in their JSON form, without sensitive members, and cut to the budget.
 */
export class Toolbox {
  readonly #client: Client;
  readonly #tools: readonly McpTool[];
  readonly #allow: readonly string[];
  readonly #limits: Limits;
  readonly #continuations = new Continuations();
  /** Name of the tool that reads on in an output. */
  readonly #continueName: string;

  /** @throws RangeError for a limit that is not a positive integer, or a pattern that matches nothing */
  constructor(client: Client, tools: readonly McpTool[], settings: McpSettings = {}) {
    const { allow = [] } = settings;
    this.#client = client;
    this.#tools = tools;
    this.#allow = allow;
    this.#limits = limitsOf(settings);
    const names = tools.map(({ operation }) => operation.name);
    this.#continueName = names.includes("continue_output") ? "_continue_output" : "continue_output";
    const problem = allow.map((pattern) => patternProblem(pattern, names)).find((found) => found !== undefined);
    if (problem !== undefined) throw new RangeError(`allow: ${problem}`);
  }

  list(): ListedTool[] {
    return [
      ...this.#tools.filter((tool) => this.#isAllowed(tool)).map((tool) => listed(tool, this.#limits)),
      { name: this.#continueName, ...listedContinue },
    ];
  }

  /** Failures of the call are results, too, so that the caller can correct its arguments. */
  async call(name: string, input: unknown = {}, signal?: AbortSignal): Promise<ToolResult> {
    const tool = this.#tools.find(({ operation }) => operation.name === name);
    try {
      if (name === this.#continueName) return await this.#continue(input, signal);
      if (!tool)
        return failure(
          `There is no tool ${name}.${suggestion(
            name,
            this.#tools.map(({ operation }) => operation.name),
          )}`,
        );
      if (!this.#isAllowed(tool)) {
        return failure(`${name} is not a read-only operation. To allow it, start the server with --allow ${name}.`);
      }
      const request = inputFromJson(tool.operation.input, input) as object;
      return this.#result(await callTool(this.#client, tool, request, this.#limits, signal));
    } catch (error) {
      if (!isClientsmithError(error) || error instanceof AbortedError) throw error;
      return failure(within(errorText(tool?.operation, error), this.#limits.budget));
    }
  }

  #isAllowed({ readOnly, operation }: McpTool): boolean {
    return readOnly || matchesAny(operation.name, this.#allow);
  }

  async #continue(input: unknown, signal: AbortSignal | undefined): Promise<ToolResult> {
    const { cursor } = input as { readonly cursor?: unknown };
    const continuation = this.#continuations.at(cursor);
    if (!continuation) return failure("The cursor is unknown, or too old. Call the operation again.");
    const { rest, more } = continuation;
    if (rest === "" && more) return this.#result(await more(signal));
    return this.#result({ text: rest, more });
  }

  #result({ text, more, note, failed }: Part): ToolResult {
    const part = within(text, this.#limits.budget);
    const rest = text.slice(part.length);
    const texts = [part, ...(note === undefined ? [] : [within(note, this.#limits.budget)])];
    if (rest !== "" || more) texts.push(this.#note({ rest, more }));
    return { content: texts.map((each) => ({ type: "text", text: each })), ...(failed && { isError: true }) };
  }

  #note(continuation: Continuation): string {
    const { rest, more } = continuation;
    const parts = [
      ...(rest === "" ? [] : [`The output is cut; ${rest.length} more characters follow.`]),
      ...(more ? ["The service has more pages."] : []),
    ];
    return `${parts.join(" ")} To read on, call ${this.#continueName} with the cursor ${this.#continuations.keep(continuation)}.`;
  }
}

function listed(tool: McpTool, { maxEvents, maxSeconds }: Limits): ListedTool {
  const { operation, description, inputSchema, readOnly, idempotent, additive } = tool;
  const events = `Collects the events of its output: ${maxEvents} at most, for ${maxSeconds} s at most.`;
  return {
    name: operation.name,
    description: eventStreamOf(operation.output) ? `${description}\n\n${events}`.trimStart() : description,
    inputSchema: { ...inputSchema, type: "object" },
    annotations: {
      readOnlyHint: readOnly,
      destructiveHint: !readOnly && additive !== true,
      idempotentHint: readOnly || (idempotent ?? operation.idempotent) === true,
    },
  };
}

const listedContinue: Omit<ListedTool, "name"> = {
  description: "Reads on in an output that was cut, or requests its next pages.",
  inputSchema: {
    type: "object",
    properties: { cursor: { type: "string", description: "The cursor at the end of the output." } },
    required: ["cursor"],
    additionalProperties: false,
  },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true },
};

function failure(text: string): ToolResult {
  return { content: [{ type: "text", text }], isError: true };
}

/** The first characters of a text, without half a surrogate pair. */
function within(text: string, budget: number): string {
  if (text.length <= budget) return text;
  const unit = text.charCodeAt(budget - 1);
  return text.slice(0, (unit & 0xfc00) === 0xd800 && budget > 1 ? budget - 1 : budget);
}

function suggestion(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined ? "" : ` Did you mean ${near}?`;
}
