const { createServer } = require("node:http");
const { setTimeout } = require("node:timers/promises");
const { CloudTrail, CloudTrailClient, TrailNotFoundException, getTrail } = require("@clientsmith/cloudtrail");
const classic = require("@clientsmith/cloudtrail/classic");
const { isServiceError } = require("@clientsmith/runtime");
const { createFetchTransport } = require("@clientsmith/runtime/transport/fetch");
const { createUndiciTransport } = require("@clientsmith/runtime/transport/undici");

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
let failures = 0;
const server = createServer((request, response) => {
  request.setEncoding("utf8");
  let body = "";
  request.on("data", (text) => (body += text));
  request.on("end", () => {
    const name = JSON.parse(body).Name;
    const isMissing = name === "missing";
    const isFailing = name === "flaky" && failures++ === 0;
    response.statusCode = isMissing ? 400 : isFailing ? 500 : 200;
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.end(JSON.stringify(isMissing ? { __type: "TrailNotFoundException" } : { Trail: { Name: name } }));
  });
});
let endpoint;

beforeAll(async () => {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${server.address().port}`;
});
afterAll(() => server.close());

const transports = {
  "node:http": () => undefined,
  undici: createUndiciTransport,
  ...(typeof fetch === "function" && { fetch: createFetchTransport }),
};

describe.each(["real", "fake"])("with %s timers", (timers) => {
  beforeEach(() => {
    if (timers === "fake") jest.useFakeTimers();
  });
  afterEach(() => jest.useRealTimers());

  test.each(Object.keys(transports))("calls and close() settle over %s", async (name) => {
    const transport = transports[name]();
    const client = new CloudTrailClient({
      region: "us-east-1",
      credentials,
      endpoint,
      ...(transport && { transport }),
    });
    const { Trail } = await getTrail(client, { Name: "audit" });
    expect(Trail).toEqual({ Name: "audit" });
    await expect(getTrail(client, { Name: "another" })).resolves.toMatchObject({ Trail: { Name: "another" } });
    const error = await getTrail(client, { Name: "missing" }).catch((reason) => reason);
    expect(error).toBeInstanceOf(TrailNotFoundException);
    expect(isServiceError(error)).toBe(true);
    await client.close();
    await transport?.close();
  });

  test("the service object and the classic one return outputs", async () => {
    const service = new CloudTrail({ region: "us-east-1", credentials, endpoint });
    expect((await service.getTrail({ Name: "audit" })).Trail).toEqual({ Name: "audit" });
    await service.close();
    const v2 = new classic.CloudTrail({ region: "us-east-1", credentials, endpoint });
    expect((await v2.getTrail({ Name: "audit" }).promise()).Trail).toEqual({ Name: "audit" });
    await expect(v2.getTrail({ Name: "missing" }).promise()).rejects.toMatchObject({ code: "TrailNotFoundException" });
  });
});

test("a retry waits for the fake clock, since a delay is about time", async () => {
  jest.useFakeTimers();
  const client = new CloudTrailClient({ region: "us-east-1", credentials, endpoint });
  const call = getTrail(client, { Name: "flaky" });
  const settled = new AbortController();
  void call.finally(() => settled.abort());
  while (!settled.signal.aborted) {
    await setTimeout(5);
    await jest.advanceTimersByTimeAsync(100);
  }
  expect((await call).$metadata.attempts).toBe(2);
  await client.close();
  jest.useRealTimers();
});
