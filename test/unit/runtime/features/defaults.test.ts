import { describe, expect, it } from "vitest";
import { ServiceError } from "#runtime/errors/index.js";
import type { OperationCodec, Operation } from "#runtime/schema/service.js";
import { withDefaults } from "#runtime/features/defaults.js";
import type { StructureShape } from "#runtime/schema/shapes.js";

const structure = (name: string, members: StructureShape["members"]): StructureShape => ({
  type: "structure",
  name,
  members,
});

class RejectedExchange extends ServiceError {
  static readonly shape = structure("Refused", { Kind: { type: "string", required: true } });
}

const inner = structure("Inner", { Size: { type: "integer", default: 3 } });
const operation: Operation = {
  name: "Put",
  input: structure("PutInput", { Inner: { target: inner }, Size: { type: "integer", default: 3 } }),
  output: structure("PutOutput", { Id: { type: "string", required: true }, Size: { type: "integer", default: 3 } }),
  errors: [RejectedExchange],
};

/** A protocol that sends what it is given and reads what the test says. */
function codecOf(code?: string): OperationCodec {
  return withDefaults(
    {
      format: "objects",
      serialize: (input) => ({ method: "POST", path: "/", query: "", headers: {}, body: JSON.stringify(input) }),
      readOutput: () => ({}),
      readError: () => Promise.resolve({ code, message: "no", members: {} }),
    },
    operation,
  );
}

const response = { status: 200, headers: {}, body: new Uint8Array() };

describe("withDefaults", () => {
  it("fills structures inside an input, not the input itself, which is left as it was", () => {
    const input = Object.freeze({ Inner: Object.freeze({}) });
    expect(codecOf().serialize(input).body).toBe('{"Inner":{"Size":3}}');
  });

  it("does not blame a body for a default that cannot be filled in", () => {
    const broken = structure("Broken", { Size: { type: "bigInteger", default: "1e21" } });
    const codec = withDefaults(
      {
        format: "objects",
        serialize: () => ({ method: "POST", path: "/", query: "", headers: {} }),
        readOutput: () => ({}),
        readError: () => Promise.resolve({ code: undefined, message: undefined, members: {} }),
      },
      { name: "Get", input: broken, output: broken },
    );
    expect(() => codec.readOutput(response)).toThrow(TypeError);
    expect(() => codec.readOutput(response)).toThrow(/The modelled defaults of Get/);
  });

  it("gives outputs and modelled errors what their types promise", async () => {
    expect(codecOf().readOutput(response)).toEqual({ Id: "", Size: 3 });
    expect(await codecOf("Refused").readError(response)).toMatchObject({ members: { Kind: "" } });
    expect(await codecOf("Other").readError(response)).toMatchObject({ members: {} });
  });
});
