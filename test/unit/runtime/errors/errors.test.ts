import { describe, expect, it } from "vitest";
import {
  AbortedError,
  ClientsmithError,
  isClientsmithError,
  isServiceError,
  ServiceError,
  TimeoutError,
} from "#runtime/errors/index.js";
import type { StructureShape } from "#runtime/schema/shapes.js";

class NotFound extends ServiceError {
  static readonly shape: StructureShape = {
    type: "structure",
    name: "NotFound",
    members: {
      Message: { type: "string" },
      Resource: { type: "string" },
      code: { type: "string" },
      constructor: { type: "string" } as const,
    },
    error: { fault: "client", status: 404, retryable: "throttling" },
  };
  declare readonly name: "NotFound";
}

class Other extends ServiceError {
  static readonly shape: StructureShape = { ...NotFound.shape, name: "Other" };
}

describe("service errors", () => {
  const error = new NotFound({
    message: "gone",
    Resource: "r",
    code: "E1",
    constructor: "c",
    $metadata: { status: 410, requestId: "id", attempts: 2, totalRetryDelay: 5 },
  });

  it("carry what the shape and the response say", () => {
    expect(error).toMatchObject({
      name: "NotFound",
      code: "Service",
      message: "gone",
      fault: "client",
      status: 410,
      requestId: "id",
      retryable: true,
      throttling: true,
      Resource: "r",
      $code: "E1",
      $constructor: "c",
    });
    expect(new NotFound({})).not.toHaveProperty("$constructor");
    expect(new NotFound({}).status).toBe(404);
    expect(new NotFound({}).message).toBe("NotFound");
  });

  it("keep members that are called like their fields apart from these", () => {
    class Hsm extends ServiceError {
      static readonly shape: StructureShape = {
        type: "structure",
        name: "Hsm",
        members: {
          name: { type: "string" },
          fault: { type: "string" },
          retryable: { type: "boolean" },
          throttling: { type: "boolean" },
          status: { type: "string" },
        },
        error: { fault: "client" },
      };
    }
    const members = { name: "n", fault: "earth", retryable: false, throttling: true, status: "odd" };
    const marked = { $name: "n", $fault: "earth", $retryable: false, $throttling: true };
    const own = { name: "Hsm", fault: "client", retryable: true, throttling: false, status: 400 };
    const wanted = { ...own, ...marked, $status: "odd" };
    const $metadata = { status: 400, attempts: 1, totalRetryDelay: 0 };
    expect(new Hsm({ retryable: true, throttling: false, $metadata }, members)).toMatchObject(wanted);
    expect(new Hsm({ retryable: true, $metadata, ...marked, status: "odd" })).toMatchObject(wanted);
    expect(new Hsm({ retryable: true, $metadata })).not.toHaveProperty("$retryable");
  });

  it("are instances of their class, of ServiceError and of the base, not of their siblings", () => {
    expect(error instanceof NotFound).toBe(true);
    expect(error instanceof ServiceError).toBe(true);
    expect(error instanceof ClientsmithError).toBe(true);
    expect(error instanceof Error).toBe(true);
    expect(error instanceof Other).toBe(false);
    expect(error instanceof TimeoutError).toBe(false);
    expect(new AbortedError("a") instanceof ServiceError).toBe(false);
  });

  it("are recognised across copies of this package", () => {
    // What another copy's error is to this one: the brand, without the prototype.
    const foreign = Object.assign(new Error("gone"), { name: "NotFound", code: "Service" });
    Object.defineProperty(foreign, Symbol.for("@clientsmith/runtime/error"), { value: true });
    expect(foreign instanceof ServiceError).toBe(true);
    expect(foreign instanceof NotFound).toBe(true);
    expect(foreign instanceof Other).toBe(false);
    expect(isServiceError(foreign, "NotFound")).toBe(true);
    expect(isClientsmithError(new Error("plain"))).toBe(false);
  });

  it("serve as the base of a user's own class", () => {
    class Mine extends ServiceError {}
    expect(new Mine({ name: "X" }) instanceof Mine).toBe(true);
    expect(new ServiceError({ name: "X" }) instanceof Mine).toBe(false);
  });
});
