import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createContext, runInContext } from "node:vm";
import { describe, expect, it, onTestFinished } from "vitest";
import { bundle } from "./support/bundle.js";
import { webGlobals } from "./support/globals.js";

describe("a client bundled for browsers", () => {
  it("holds nothing of Node", async () => {
    const code = await bundle();
    expect(code.match(/(from|import|require)\s*\(?\s*["'](node:|undici)[^"']*/g)).toBeNull();
  });

  it("calls a service where there is no Node", async () => {
    const requests: { headers: Readonly<Record<string, unknown>>; body: string }[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        requests.push({ headers: request.headers, body });
        response.writeHead(200, { "x-amzn-requestid": "r1" }).end('{"Trail":{"Name":"audit"}}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.closeAllConnections());
    onTestFinished(() => void server.close());
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    const context = createContext({ ...webGlobals });
    runInContext(await bundle(), context);
    const credentials = { accessKeyId: "AKID", secretAccessKey: "secret" };
    const given = (await runInContext("program.call", context)(endpoint, { credentials })) as object;
    expect(given).toMatchObject({ Trail: { Name: "audit" }, $metadata: { status: 200, requestId: "r1" } });
    expect(requests).toMatchObject([{ body: '{"Name":"audit"}' }]);
    expect(requests[0]?.headers["authorization"]).toMatch(/^AWS4-HMAC-SHA256 Credential=AKID\//);

    await expect(runInContext("program.call", context)(endpoint, {})).rejects.toMatchObject({
      code: "Credentials",
      message: expect.stringContaining("Set the client option credentials"),
    });
    await expect(
      (async () => runInContext("program.call", context)(endpoint, { proxy: "http://proxy.test" }))(),
    ).rejects.toMatchObject({ code: "Configuration" });
  });
});
