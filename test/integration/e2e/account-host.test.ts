import { join } from "node:path";
import { expect, test } from "vitest";
import { generateClient } from "../../support/generate-client.js";
import { keepRequests } from "../../support/kept-requests.js";
import { root } from "../../support/shared.js";

const { module } = await generateClient(join(root, "test/fixtures/account-host/model.json"));
const S3ControlClient = module["S3ControlClient"] as new (options: object) => object;
const listPoints = module["listPoints"] as (client: object, input: object) => Promise<object>;

test("the account is in the host of S3 Control once", async () => {
  const { transport, sent } = keepRequests();
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
  const client = new S3ControlClient({ region: "eu-west-1", credentials, transport });
  await listPoints(client, { AccountId: "123456789012" });
  expect(sent[0]).toMatchObject({
    origin: "https://123456789012.control.eu-west-1.example.com",
    headers: { host: "123456789012.control.eu-west-1.example.com", "x-amz-account-id": "123456789012" },
  });
});
