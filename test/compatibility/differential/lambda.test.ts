import { expect, it } from "vitest";
import { sharedPath } from "../../support/shared.js";
import { compare, type Compared, type Comparison } from "./support/compare.js";
import { modelled } from "./support/facts.js";
import { compareUnusual } from "./support/unusual.js";
import { restJson } from "./support/wires.js";

const spec: Comparison = {
  modelFile: sharedPath("models/lambda-2015-03-31.json"),
  packageName: "@aws-sdk/client-lambda",
  className: "LambdaClient",
  signingName: "lambda",
  wire: () => restJson,
  fit: withPayload,
  // The official client's model is newer.
  newer: { DeleteFunction: { StatusCode: 200 } },
};

compare("lambda", spec, (compared) => {
  compareUnusual(compared, "GetFunction");
  compareEmptyPayloads(compared);
});

/** Bytes in every payload: without any, the clients differ in what is shown below. */
function withPayload(id: string, value: { readonly Payload?: Uint8Array }): object {
  if (!/#Invocation(Request|Response)$/.test(id)) return value;
  return { ...value, Payload: Uint8Array.of(0x80, ...(value.Payload ?? [])) };
}

function compareEmptyPayloads(compared: () => Compared): void {
  it("names no type of a payload that is not there, where v3 does", async () => {
    const [sent, sent3] = await compared().bothCall("Invoke", { FunctionName: "f" }, { status: 200, body: "" });
    expect(sent.request.headers).not.toHaveProperty("content-type");
    expect(sent3.request.headers["content-type"]).toBe("application/octet-stream");
  });

  it("leaves an empty payload out, where v3 gives null against its own types", async () => {
    const [read, read3] = await compared().bothRead("Invoke", { status: 200, body: "" });
    expect(modelled(read)).toEqual({ StatusCode: 200 });
    expect(modelled(read3)).toEqual({ StatusCode: 200, Payload: null });
  });
}
