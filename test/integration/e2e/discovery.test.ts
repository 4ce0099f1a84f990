import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type LocalService, startLocalService, testCredentials } from "#runtime/testing/index.js";
import type { Operation, ServiceModel } from "#runtime/schema/service.js";
import { generateClient } from "../../support/generate-client.js";
import { root } from "../../support/shared.js";
import { verifying } from "./support/verified.js";

interface Trains {
  readonly Names?: readonly string[];
}
type Call = (client: object, input?: object, options?: object) => Promise<Trains>;
type ScriptedResponse = (input: {
  Operation?: string;
  Identifiers?: Record<string, string>;
}) => object | Promise<object>;

const { module } = await generateClient(join(root, "test/fixtures/discovery/model.json"));
const listTrains = module["listTrains"] as Call;
const listDelays = module["listDelays"] as Call;
const listLines = module["listLines"] as Call;
const TimetableClient = module["TimetableClient"] as new (options: object) => object;
const StationClosed = module["StationClosed"] as new (fields: object) => Error;
const model = module["TimetableModel"] as ServiceModel<Record<string, Operation>>;

async function start(handlers: Record<string, (input: never) => unknown>): Promise<LocalService> {
  const local = await startLocalService({ service: model, handlers: handlers as never, onRequest: verifying() });
  onTestFinished(() => local.close());
  return local;
}

/** A station that responds with its name, and a depot that names the station. */
async function network(find?: ScriptedResponse, minutes = 60) {
  const names = () => ({ Names: ["station"] });
  const station = await start({ listTrains: names, listDelays: names });
  const reported = (address = station.endpoint, period = minutes) => ({
    Endpoints: [{ Address: address.replace("http://", ""), CachePeriodInMinutes: period }],
  });
  const findStations = vi.fn<ScriptedResponse>(find ?? (() => reported()));
  const depot = await start({
    findStations,
    listLines: () => ({ Names: ["depot"] }),
    listDelays: () => ({ Names: ["depot"] }),
    listTrains: () => ({ Names: ["depot"] }),
  });
  const client = (options: object = {}): object =>
    new TimetableClient({ region: "us-east-1", credentials: testCredentials, depot: depot.endpoint, ...options });
  return { client, depot, station, findStations, reported: reported };
}

describe("an operation whose endpoint is discovered", () => {
  it("is sent to the endpoint that the service returns, which is looked up once while it is valid", async () => {
    const { client, findStations } = await network();
    const one = client();
    expect((await listTrains(one)).Names).toEqual(["station"]);
    expect((await listTrains(one)).Names).toEqual(["station"]);
    expect(findStations).toHaveBeenCalledOnce();
    expect(findStations.mock.calls[0]?.[0]).toEqual({ Operation: "ListTrains" });
    expect((await listLines(one)).Names).toEqual(["depot"]);
  });

  it("is requested with the members that it depends on, once for each value", async () => {
    const { client, findStations } = await network();
    const one = client();
    for (const City of ["Bern", "Basel", "Bern"]) await listTrains(one, { City });
    expect(findStations.mock.calls.map(([input]) => input.Identifiers)).toEqual([{ City: "Bern" }, { City: "Basel" }]);
  });

  it("has one request in flight for calls at once", async () => {
    const { client, findStations } = await network();
    const one = client();
    await Promise.all(Array.from({ length: 10 }, () => listTrains(one)));
    expect(findStations).toHaveBeenCalledOnce();
  });

  it("is requested again once it has expired", async () => {
    const { client, findStations } = await network(undefined, 0);
    const one = client();
    await listTrains(one);
    await listTrains(one);
    expect(findStations).toHaveBeenCalledTimes(2);
  });

  it("is requested again, once a call, where the service rejects it", async () => {
    const closed = await start({
      listTrains: () => {
        throw new StationClosed({ message: "closed" });
      },
    });
    const addresses = [closed.endpoint];
    const found = await network(() => found.reported(addresses.shift()));
    const one = found.client();
    const response = await listTrains(one);
    expect(response).toMatchObject({
      Names: ["station"],
      $metadata: { attempts: 2, endpoint: found.station.endpoint },
    });
    expect(found.findStations).toHaveBeenCalledTimes(2);

    const always = await network(() => always.reported(closed.endpoint));
    await expect(listTrains(always.client())).rejects.toBeInstanceOf(StationClosed);
    expect(always.findStations).toHaveBeenCalledTimes(2);
  });

  it("is no reason for more attempts than are allowed", async () => {
    let requests = 0;
    const closed = await start({
      listTrains: () => {
        requests++;
        throw new StationClosed({ message: "closed" });
      },
    });
    const addresses = [closed.endpoint];
    const found = await network(() => found.reported(addresses.shift()));
    const one = found.client({ maxAttempts: 1 });
    await expect(listTrains(one)).rejects.toMatchObject({ attempts: 1 });
    expect(requests).toBe(1);
    expect((await listTrains(one)).Names).toEqual(["station"]);

    const always = await network(() => always.reported(closed.endpoint));
    const error = await listTrains(always.client({ maxAttempts: 2 })).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ attempts: 2, $metadata: { attempts: 2 } });
    expect((error as { explain(): string }).explain()).toMatch(/2, of at most 2.*\n +1\. StationClosed.*\n +2\. /);
  });

  it("fails if none is returned, and retries at the next call", async () => {
    const responses: object[] = [{ Endpoints: [] }];
    const found = await network(() => responses.shift() ?? found.reported());
    const one = found.client();
    await expect(listTrains(one)).rejects.toThrow(/FindStations returned no endpoint for ListTrains.* option endpoint/);
    expect((await listTrains(one)).Names).toEqual(["station"]);
  });

  it("ends a call with its signal, while others continue waiting for the response", async () => {
    const gate = gateOf();
    const found = await network(async () => {
      await gate.promise;
      return found.reported();
    });
    const one = found.client();
    const controller = new AbortController();
    const ended = codeOf(listTrains(one, {}, { signal: controller.signal }));
    const late = codeOf(listTrains(one, {}, { deadline: 50 }));
    const waiting = listTrains(one);
    await vi.waitFor(() => expect(found.findStations).toHaveBeenCalledOnce());
    controller.abort();
    expect(await Promise.all([ended, late])).toEqual(["Aborted", "Timeout"]);
    gate.resolve(undefined);
    expect((await waiting).Names).toEqual(["station"]);
    expect(found.findStations).toHaveBeenCalledOnce();
  });

  it("is that of the option endpoint, where it is given", async () => {
    const { client, depot, findStations } = await network();
    expect((await listTrains(client({ endpoint: depot.endpoint }))).Names).toEqual(["depot"]);
    expect(findStations).not.toHaveBeenCalled();
  });
});

describe("discovery that is not required", () => {
  it("is off until it is requested", async () => {
    const { client, findStations } = await network();
    expect((await listDelays(client())).Names).toEqual(["depot"]);
    expect(findStations).not.toHaveBeenCalled();
    expect((await listDelays(client({ endpointDiscoveryEnabled: true }))).Names).toEqual(["station"]);
  });

  it("can be requested by the environment", async () => {
    vi.stubEnv("AWS_ENABLE_ENDPOINT_DISCOVERY", "true");
    onTestFinished(() => void vi.unstubAllEnvs());
    const { client } = await network();
    expect((await listDelays(client())).Names).toEqual(["station"]);
    expect((await listDelays(client({ endpointDiscoveryEnabled: false }))).Names).toEqual(["depot"]);
  });
});

function codeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => "none",
    (error: unknown) => (error as { code?: unknown }).code,
  );
}

function gateOf() {
  let resolve: (value: unknown) => void = () => undefined;
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
