import type { Operation } from "#runtime/schema/service.js";

/** An operation whose callers may choose an algorithm. */
export const operation: Operation = {
  name: "PutThing",
  input: {
    type: "structure",
    name: "PutThingRequest",
    members: { Algorithm: { type: "string", httpHeader: "x-amz-sdk-checksum-algorithm" } },
  },
  output: { type: "structure", name: "Unit", members: {} },
};
