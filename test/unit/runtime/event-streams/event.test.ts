import { expect, it } from "vitest";
import { compileEvent } from "#runtime/event-streams/event.js";
import { awsJson1_1 } from "#runtime/protocols/awsJson/index.js";
import type { Operation, Service } from "#runtime/schema/service.js";
import type { StructureShape } from "#runtime/schema/shapes.js";

const Event$: StructureShape = {
  type: "structure",
  name: "Event",
  members: {
    ["__proto__"]: { type: "string", eventHeader: true },
    text: { type: "string" },
  },
};
const service = { name: "Store", shapeName: "Store", version: "1", protocol: awsJson1_1 } as unknown as Service;
const operation = { name: "Listen", input: Event$, output: Event$ } as unknown as Operation;

it("a member with the name of an inherited one is an own member of the event", () => {
  const headers = JSON.parse('{"__proto__":{"type":"string","value":"a"}}');
  const event = compileEvent(Event$, operation, service).read({ headers, payload: Buffer.from('{"text":"b"}') });
  expect(Object.entries(event as object)).toEqual([
    ["text", "b"],
    ["__proto__", "a"],
  ]);
});
