import type { JsonSchema } from "../interop/json-form.js";
import type { Pagination } from "../schema/pagination.js";
import type { Operation } from "../schema/service.js";

/** An operation as a tool, as generated code describes it. */
export interface McpTool {
  readonly operation: Operation;
  readonly description: string;
  /** JSON Schema of the JSON form of the input. */
  readonly inputSchema: JsonSchema;
  /** `smithy.api#readonly`, or the HTTP method GET or HEAD. */
  readonly readOnly: boolean;
  /** Repeating the call has no further effect. Absent: as the operation states. */
  readonly idempotent?: true;
  /** It creates a resource, and changes none. Absent: it may change or remove what exists. */
  readonly additive?: true;
  readonly pagination?: Pagination;
}

export interface McpSettings {
  /**
   * Operations that callers may use beside the read-only ones, by name; `*` matches any letters: `["StartLogging", "Put*"]`.
   * Default: none.
   */
  readonly allow?: readonly string[] | undefined;
  /** Characters of an output that one result has at most. Default 20,000. */
  readonly budget?: number | undefined;
  /** Pages that are requested for one result at most. Default 5. */
  readonly maxPages?: number | undefined;
  /** Events of an event stream that one result has at most. Default 100. */
  readonly maxEvents?: number | undefined;
  /** Seconds for which events are collected, including the call. Default 30. */
  readonly maxSeconds?: number | undefined;
}

/** An entry of the response to `tools/list`. */
export interface ListedTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: { readonly type: "object"; readonly [keyword: string]: unknown };
  readonly annotations: {
    readonly readOnlyHint: boolean;
    readonly destructiveHint: boolean;
    readonly idempotentHint: boolean;
  };
}

/** The response to `tools/call`. */
export interface ToolResult {
  readonly content: { readonly type: "text"; readonly text: string }[];
  readonly isError?: true;
  readonly [extension: string]: unknown;
}
