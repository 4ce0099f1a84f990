import { expect, it } from "vitest";
import type { ScriptedResponse } from "./calls.js";
import type { Compared } from "./compare.js";
import { ourFacts, theirFacts } from "./facts.js";

/** Errors that no model reports, read with the response of one operation. */
export function compareUnusual(compared: () => Compared, operation: string): void {
  it.each([
    ["by the client", "SomethingNew", 400],
    ["by the server", "InternalFailure", 500],
    ["about throttling", "SlowDown", 429],
    ["with a namespace", "com.example.service#SomethingNew", 403],
    ["with a namespace and a URI", "com.example.service#SomethingNew:http://example.com/", 403],
  ])("reads an error of no model %s the same", async (_what, name, status) => {
    const { wire, bothRead } = compared();
    const [read, read3] = await bothRead(operation, wire.failure(name, "no <&> no", status));
    expect(ourFacts(read.error)).toEqual(theirFacts(read3.error));
  });

  // v3 gives what its parser says of the body, or that it knows nothing.
  const html = "<html><body><h1>502 Bad Gateway</h1></body></html>";
  it.each<[string, ScriptedResponse, string?]>([
    ["HTML", { status: 502, headers: { "content-type": "text/html" }, body: html }],
    // HTTP protocols name the error of a service whose response is empty by its status.
    ["nothing", { status: 503, body: "" }, "ServiceUnavailable"],
    ["HTML where all is well", { status: 200, headers: { "content-type": "text/html" }, body: html }],
  ])("says what came instead, for the response %s", async (_what, response, named) => {
    const [read, read3] = await compared().bothRead(operation, response);
    expect(read.error).toMatchObject({ status: response.status });
    const names = ["UnexpectedResponseError", ...(named === undefined ? [] : [named])];
    expect(names).toContain((read.error as Error | undefined)?.name);
    expect(read3.error?.name).toMatch(/^(SyntaxError|Error|Unknown)$/);
  });
}
