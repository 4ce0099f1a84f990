import { expect, it } from "vitest";
import type { StructureShape } from "#runtime/schema/shapes.js";
import { validate } from "#runtime/validate/validate.js";

const shape: StructureShape = {
  type: "structure",
  name: "Talk",
  members: {
    words: { type: "eventStream", streaming: true, events: { type: "union", name: "Words", members: {} } },
  },
};

async function* words(): AsyncGenerator<object> {
  yield await Promise.resolve({});
}

it("an event stream is an async iterable", () => {
  expect(validate(shape, { words: words() })).toEqual([]);
  for (const value of ["text", Uint8Array.of(1), new Blob(["a"]), [{}], 1]) {
    expect(validate(shape, { words: value })).toMatchObject([
      {
        path: ["words"],
        rule: "type",
        message: expect.stringContaining("must be an AsyncIterable of events") as string,
      },
    ]);
  }
});
