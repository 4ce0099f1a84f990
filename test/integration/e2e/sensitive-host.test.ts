import { Agent } from "node:http";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import type { ClientsmithError, MetadataBearer } from "#runtime/errors/index.js";
import { createNodeHttpTransport } from "#runtime/transport/node/transport.js";
import type { Transport } from "#runtime/schema/http.js";
import { failure } from "../http/support/transport.js";
import { generateClient } from "../../support/generate-client.js";
import { keepRequests } from "../../support/kept-requests.js";
import { root } from "../../support/shared.js";

const { module } = await generateClient(join(root, "test/fixtures/sensitive-host/model.json"));
const VaultClient = module["VaultClient"] as new (options: object) => object;
const openBox = module["openBox"] as (client: object, input: object) => Promise<MetadataBearer>;

const input = { Kind: "box", Owner: "alice" };

function clientOf(transport: Transport): object {
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
  return new VaultClient({
    region: "eu-west-1",
    endpoint: "http://vault.example",
    credentials,
    transport,
    maxAttempts: 1,
  });
}

test("a request has a sensitive label in its host, and what is reported of the call has not", async () => {
  const { transport, sent } = keepRequests("{}");
  const { $metadata } = await openBox(clientOf(transport), input);
  expect(sent[0]).toMatchObject({
    origin: "http://box-alice.vault.example",
    headers: { host: "box-alice.vault.example" },
  });
  expect($metadata.endpoint).toBe("http://box-***.vault.example");
});

test("nothing that is printed of a failure has a sensitive label in the host", async () => {
  const looked: string[] = [];
  const agent = new Agent({
    lookup: (hostname, _options, callback) => {
      looked.push(hostname);
      const error = new Error(`getaddrinfo ENOTFOUND ${hostname}`);
      callback(Object.assign(error, { code: "ENOTFOUND", syscall: "getaddrinfo", hostname }), "", 4);
    },
  });
  onTestFinished(() => agent.destroy());
  const error = (await failure(openBox(clientOf(createNodeHttpTransport({ agent })), input))) as ClientsmithError;
  expect(looked).toEqual(["box-alice.vault.example"]);
  expect(error.message).toMatch(/^POST http:\/\/box-\*{3}\.vault\.example was not sent: DNS has no such host/);
  expect(error.explain()).toContain("POST http://box-***.vault.example/");
  expect(error.$metadata?.endpoint).toBe("http://box-***.vault.example");
  expect(inspect(error)).toContain("getaddrinfo ENOTFOUND box-***.vault.example");
  expect(inspect(error) + error.explain() + String(error.stack)).not.toContain("alice");
});
