import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isServiceError } from "#runtime/index.js";
import { createNodeHttpTransport } from "#runtime/transport/node/index.js";
import type { Transport } from "#runtime/schema/http.js";
import * as harbor from "../../fixtures/generated-v1/src/index.js";
import { Harbor as ClassicHarbor } from "../../fixtures/generated-v1/src/classic.js";
import promised from "../../fixtures/generated-v1/runtime-exports.json" with { type: "json" };
import { verifySignature } from "../../support/verify-signature.js";

/**
 * The package in test/fixtures/generated-v1 was generated when `@clientsmith/runtime/codegen/v1` was added. It is never
 * generated again: every later runtime has to run it as it is.
 */

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

let received: Received[] = [];
let responses: Scripted[] = [];
const server = createServer((request, response) => void respond(request, response));
const sockets = createNodeHttpTransport();
let origin = "";

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = Buffer.concat((await request.toArray()) as Buffer[]);
  received.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
  const { status = 200, headers = {}, body: text = "{}" } = responses.shift() ?? {};
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
}

/** Sends every request to the local server, so that hosts of the endpoint rules can be observed in the header `host`. */
const transport: Transport = {
  send: (request, options) => sockets.send({ ...request, origin }, options),
  close: () => Promise.resolve(),
};

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await sockets.close();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  received = [];
  responses = [];
});

const client = new harbor.HarborClient({ region: "eu-west-1", credentials, transport });
const ship = { Ship: { Id: "ship-1", Name: "Ada", State: "docked", Arrived: 1_767_225_600 } };

/** The only request that the server received. */
function onlyRequest(): Received {
  expect(received).toHaveLength(1);
  return received[0] as Received;
}

describe("a package generated for codegen/v1", () => {
  it("signs a call with the endpoint of its rules, and reads timestamps", async () => {
    responses = [{ body: JSON.stringify(ship), headers: { "x-amzn-requestid": "r-1" } }];
    const { Ship, $metadata } = await harbor.getShip(client, { Id: "ship-1" });
    expect(Ship).toEqual({ ...ship.Ship, Arrived: new Date("2026-01-01T00:00:00Z") });
    expect($metadata).toMatchObject({
      requestId: "r-1",
      attempts: 1,
      endpoint: "https://harbor.eu-west-1.example.com",
    });
    const { method, url: path, headers } = onlyRequest();
    expect([method, path, headers.host]).toEqual(["GET", "/ships/ship-1", "harbor.eu-west-1.example.com"]);
    await verifySignature(
      { method, path, query: "", headers, body: "" },
      { credentials, region: "eu-west-1", service: "harbor" },
    );
  });

  it("rejects invalid inputs before anything is sent, and checks every constraint by hand", async () => {
    await expect(harbor.getShip(client, { Id: "x", Idd: "" } as { Id: string })).rejects.toMatchObject({
      code: "Validation",
      issues: [{ path: ["Id"] }, { path: ["Idd"] }],
    });
    expect(harbor.validateGetShipInput({ Id: "Not/valid" })).toMatchObject([{ path: ["Id"] }]);
    expect(received).toEqual([]);
  });

  it("throws its modelled errors, and retries those that the model lists as retryable", async () => {
    const busy = { status: 503, headers: { "x-amzn-errortype": "Busy" }, body: '{"message":"later"}' };
    const missing = {
      status: 404,
      headers: { "x-amzn-errortype": "ShipNotFound" },
      body: '{"message":"no","Id":"ship-9"}',
    };
    responses = [busy, missing];
    const error: unknown = await harbor.getShip(client, { Id: "ship-9" }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(harbor.ShipNotFound);
    expect(isServiceError(error, "ShipNotFound")).toBe(true);
    expect(error).toMatchObject({ message: "no", Id: "ship-9", status: 404, attempts: 2 });
    expect((error as harbor.ShipNotFound).explain()).toContain("1. Busy, status 503");
  });

  it("iterates pages and items", async () => {
    const page = (Id: string, NextToken?: string) => ({ body: JSON.stringify({ Ships: [{ Id }], NextToken }) });
    responses = [page("one", "t 1"), page("two")];
    const ids: string[] = [];
    for await (const { Id } of harbor.paginateListShips(client, { MaxResults: 1 }).items()) ids.push(Id);
    expect(ids).toEqual(["one", "two"]);
    expect(received.map(({ url }) => url)).toEqual(["/ships?max=1", "/ships?token=t%201&max=1"]);
  });

  it("waits", async () => {
    responses = [{ body: '{"Ship":{"Id":"ship-1","State":"at-sea"}}' }, { body: JSON.stringify(ship) }];
    const { Ship } = await harbor.waitUntilShipDocked(client, { Id: "ship-1" }, { maxWaitTime: 5, minDelay: 0.01 });
    expect([Ship?.State, received.length]).toEqual(["docked", 2]);
  });

  it("fills idempotency tokens and default values of outputs, and sends the checksum that the caller chooses", async () => {
    await harbor.registerShip(client, { Name: "Ada", Algorithm: harbor.Algorithm.SHA256 });
    const { headers, body } = onlyRequest();
    expect(JSON.parse(body.toString())).toEqual({
      Name: "Ada",
      Token: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(headers["x-amz-checksum-sha256"]).toBe(createHash("sha256").update(body).digest("base64"));
    expect((await harbor.ping(client)).Message).toBe("pong");
  });

  it("sends Content-MD5 where the model requires a checksum", async () => {
    await harbor.renameShip(client, { Id: "ship-1", Name: "Bea" });
    const { headers, body } = onlyRequest();
    expect(headers["content-md5"]).toBe(createHash("md5").update(body).digest("base64"));
  });

  it("compresses requests", async () => {
    await harbor.writeLog(client, { Text: "x".repeat(20_000) });
    const { headers, body } = onlyRequest();
    expect(headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(body).toString()).toBe(JSON.stringify({ Text: "x".repeat(20_000) }));
  });

  it("streams inputs with a trailing checksum, and outputs", async () => {
    responses = [{}, { headers: { "content-type": "text/plain" }, body: "ballast" }];
    const Body = new Blob(["bal", "last"]).stream();
    await harbor.putManifest(client, { Id: "ship-1", Algorithm: "CRC32", Body });
    const { headers, body } = onlyRequest();
    expect(headers["x-amz-trailer"]).toBe("x-amz-checksum-crc32");
    expect(body.toString()).toContain("ballast");
    expect(body.toString()).toContain("x-amz-checksum-crc32:");
    const output = await harbor.getManifest(client, { Id: "ship-1" });
    expect(await output.Body.text()).toBe("ballast");
  });

  it("puts host prefixes and the options of its endpoint rules into the host", async () => {
    const quay = new harbor.HarborClient({ region: "eu-west-1", credentials, transport, quay: "north" });
    await harbor.reportPosition(quay, { Port: "bremen", Latitude: 53.1 });
    expect(onlyRequest().headers.host).toBe("bremen.north.harbor.eu-west-1.example.com");
  });

  it("discovers endpoints, and signs for several Regions", async () => {
    const Endpoints = [{ Address: "found.example.com", CachePeriodInMinutes: 5 }];
    responses = [{ body: JSON.stringify({ Endpoints }) }, { body: '{"Berths":["a"]}' }];
    expect((await harbor.listBerths(client, { Pier: "p" })).Berths).toEqual(["a"]);
    expect(received.map(({ headers }) => headers.host)).toEqual(["harbor.eu-west-1.example.com", "found.example.com"]);
    expect(received[1]?.headers.authorization).toMatch(/^AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE\//);
    expect(received[1]?.headers["x-amz-region-set"]).toBe("eu-west-1");
  });

  it("sends bearer tokens, and nothing where the model has no authentication", async () => {
    const guest = new harbor.HarborClient({ region: "eu-west-1", transport, token: { token: "t-1" } });
    await harbor.transferShip(guest, { Id: "ship-1" });
    await harbor.ping(guest);
    expect(received.map(({ headers }) => headers.authorization)).toEqual(["Bearer t-1", undefined]);
  });

  it("has a service object, and a description of the service", async () => {
    responses = [{ body: JSON.stringify(ship) }];
    const service = new harbor.Harbor({ region: "eu-west-1", credentials, transport });
    expect((await service.getShip({ Id: "ship-1" })).Ship?.Name).toBe("Ada");
    expect(Object.keys(harbor.HarborModel.operations)).toHaveLength(12);
  });

  it("has the service object of AWS SDK v2", async () => {
    responses = [{ body: JSON.stringify(ship) }];
    const service = new ClassicHarbor({ endpoint: origin, region: "eu-west-1", credentials });
    expect((await service.getShip({ Id: "ship-1" }).promise()).Ship?.Name).toBe("Ada");
  });
});

describe("what packages generated for codegen/v1 can import", () => {
  it.each(Object.entries(promised))("%s exports every name that it had", async (subpath, names) => {
    const specifier = `@clientsmith/runtime/${subpath}`;
    const exported = (await import(specifier)) as object;
    expect(Object.keys(exported)).toEqual(expect.arrayContaining(names));
  });
});
