import type { Ast, AstShape } from "./model-values.js";

export interface RequestCase {
  readonly kind: "request";
  readonly id: string;
  readonly protocol: string;
  readonly operation: string;
  readonly input: string;
  readonly params: unknown;
  readonly method: string;
  readonly uri: string;
  readonly host?: string;
  readonly resolvedHost?: string;
  readonly queryParams?: readonly string[];
  readonly forbidQueryParams?: readonly string[];
  readonly requireQueryParams?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly forbidHeaders?: readonly string[];
  readonly requireHeaders?: readonly string[];
  readonly body?: string;
  readonly bodyMediaType?: string;
  /** In the form that `vendorParamsShape` describes. */
  readonly vendorParams?: Readonly<Record<string, unknown>>;
}

export interface ResponseCase {
  readonly kind: "response";
  readonly id: string;
  readonly operation: string;
  /** The output structure, or the error structure that the response means. */
  readonly output: string;
  readonly isError: boolean;
  readonly vendorParams?: Readonly<Record<string, unknown>>;
  readonly params: unknown;
  readonly code: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly bodyMediaType?: string;
}

export type ProtocolCase = RequestCase | ResponseCase;

interface Target {
  readonly target: string;
}

/** The side that a case applies to; a case that names none applies to both. */
type Side = "client" | "server";

function casesOf(shape: AstShape | undefined, trait: string, protocol: string, side: Side): Record<string, unknown>[] {
  const all = (shape?.traits?.[trait] ?? []) as Record<string, unknown>[];
  return all.filter((item) => (item["appliesTo"] ?? side) === side && item["protocol"] === protocol);
}

/** Every case of a protocol-test model that applies to one side, by `smithy.test` trait, in the order of the file. */
export function protocolCases(ast: Ast, protocols: readonly string[], side: Side = "client"): ProtocolCase[] {
  const cases: ProtocolCase[] = [];
  const errorOperations = new Map<string, string>();
  const service = Object.values(ast.shapes).find((shape) => shape.type === "service");
  for (const [id, operation] of Object.entries(ast.shapes)) {
    if (operation.type !== "operation") continue;
    const input = (operation["input"] as Target | undefined)?.target ?? "smithy.api#Unit";
    const output = (operation["output"] as Target | undefined)?.target ?? "smithy.api#Unit";
    for (const error of [...((operation["errors"] ?? []) as Target[]), ...((service?.["errors"] ?? []) as Target[])]) {
      if (!errorOperations.has(error.target)) errorOperations.set(error.target, id);
    }
    for (const protocol of protocols) {
      for (const item of casesOf(operation, "smithy.test#httpRequestTests", protocol, side)) {
        cases.push({ ...item, kind: "request", operation: id, input } as unknown as RequestCase);
      }
      for (const item of casesOf(operation, "smithy.test#httpResponseTests", protocol, side)) {
        cases.push({ ...item, kind: "response", operation: id, output, isError: false } as unknown as ResponseCase);
      }
    }
  }
  for (const [id, shape] of Object.entries(ast.shapes)) {
    if (!shape.traits?.["smithy.api#error"]) continue;
    for (const protocol of protocols) {
      for (const item of casesOf(shape, "smithy.test#httpResponseTests", protocol, side)) {
        const operation = errorOperations.get(id);
        if (!operation) throw new Error(`no operation has the error ${id}`);
        cases.push({ ...item, kind: "response", operation, output: id, isError: true } as unknown as ResponseCase);
      }
    }
  }
  return cases;
}
