import { ValidationError } from "#runtime/errors/client.js";
import type { OperationCodec, Operation, Service } from "#runtime/schema/service.js";
import { restJson1 } from "#runtime/protocols/restJson/index.js";
import type { Member, StructureShape } from "#runtime/schema/shapes.js";
import type { HttpResponse } from "#runtime/schema/http.js";

type Members = Readonly<Record<string, Member>>;

export function structure(name: string, members: Members): StructureShape {
  return { type: "structure", name, members };
}

/** An operation in restJson1, by its uri and the members that the test is about. */
export function codecOf(
  given: Pick<Operation, "labelPrefixes"> & {
    readonly uri?: string;
    readonly method?: string;
    readonly input?: Members;
    readonly output?: Members;
  },
  errors: NonNullable<Operation["errors"]> = [],
): OperationCodec {
  const operation: Operation = {
    name: "Turn",
    input: structure("TurnInput", given.input ?? {}),
    output: structure("TurnOutput", given.output ?? {}),
    errors,
    ...(given.labelPrefixes && { labelPrefixes: given.labelPrefixes }),
    http: { method: given.method ?? "POST", uri: given.uri ?? "/", code: 200 },
  };
  return restJson1.compile(operation, {} as Service);
}

export function response(body: string | Uint8Array, headers: HttpResponse["headers"] = {}, status = 200): HttpResponse {
  return { status, headers, body: typeof body === "string" ? new TextEncoder().encode(body) : body };
}

/** The breach that an input is rejected for. */
export function rejection(call: () => unknown): {
  readonly path: string;
  readonly rule: string;
  readonly text: string;
} {
  try {
    call();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const [issue] = error.issues;
    return { path: issue?.path.join(".") ?? "", rule: issue?.rule ?? "", text: error.message };
  }
  throw new Error("the input was taken");
}
