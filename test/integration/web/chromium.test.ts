import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { TrailNotFoundException } from "@clientsmith/cloudtrail";
import { CloudTrailModel } from "@clientsmith/cloudtrail/model";
import { startLocalService, testCredentials } from "@clientsmith/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { chromium, openPage } from "../../support/chromium.js";
import { bundle } from "./support/bundle.js";

/** Serves a page, and resolves with what the page sends back. */
async function show(html: string): Promise<unknown> {
  let tell: (result: unknown) => void = () => {};
  const reported = new Promise<unknown>((resolve) => (tell = resolve));
  const server = createServer((request, response) => {
    if (request.method === "GET") return response.writeHead(200, { "content-type": "text/html" }).end(html);
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => tell(JSON.parse(body)));
    return response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  openPage(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return reported;
}

describe.skipIf(!chromium)("a page in Chromium", () => {
  it("calls a service, signed, and reads its response and its error", async () => {
    const service = await startLocalService({
      service: CloudTrailModel,
      handlers: {
        getTrail: ({ Name }) => {
          if (service.requests.length > 1) throw new TrailNotFoundException({ message: `no trail ${Name}` });
          return { Trail: { Name } };
        },
      },
    });
    onTestFinished(() => service.close());
    const options = JSON.stringify({ credentials: testCredentials });
    const endpoint = JSON.stringify(service.endpoint);
    const result = await show(`<!doctype html><script>${(await bundle()).replaceAll("</script", "<\\/script")}
      (async () => {
        const result = {};
        try {
          result.response = await program.call(${endpoint}, ${options});
          await program.call(${endpoint}, ${options});
        } catch (error) {
          result.error = { name: error.name, message: error.message, code: error.code };
        }
        await fetch("/", { method: "POST", body: JSON.stringify(result) });
      })();
    </script>`);
    expect(result).toMatchObject({
      response: {
        Trail: { Name: "audit" },
        $metadata: { status: 200, requestId: "00000000-0000-4000-8000-000000000001", attempts: 1 },
      },
      error: { name: "TrailNotFoundException", message: "no trail audit", code: "Service" },
    });
    expect(service.requests.map(({ status }) => status)).toEqual([200, 404]);
  }, 60_000);
});
