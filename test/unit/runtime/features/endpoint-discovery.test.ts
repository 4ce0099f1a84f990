import { describe, expect, it } from "vitest";
import { EndpointError, ServiceError } from "#runtime/errors/index.js";
import type { CallContext } from "#runtime/features/context.js";
import { endpointDiscovery, type EndpointDiscoveryData } from "#runtime/features/endpoint-discovery.js";
import type { Operation } from "#runtime/schema/service.js";
import { callOf, contextOf, putThing } from "./support.js";

const ask: Operation = {
  name: "DescribeEndpoints",
  input: {
    type: "structure",
    name: "DescribeEndpointsRequest",
    members: {
      Operation: { type: "string" },
      Identifiers: { type: "map", key: { type: "string" }, value: { type: "string" } },
    },
  },
  output: { type: "structure", name: "DescribeEndpointsResponse", members: {} },
};
const required: EndpointDiscoveryData = { operation: ask, required: true, error: "InvalidEndpoint", ids: ["Table"] };

/** A call, and the inputs of the discovery calls that it makes, which return these addresses one after the other. */
async function discovering(addresses: readonly (string | undefined)[], changes: Partial<CallContext> = {}) {
  const context = await contextOf(callOf(putThing), {}, changes);
  const asked: object[] = [];
  context.client.invoke = (operation, input) => {
    expect(operation).toBe(ask);
    const address = addresses[Math.min(asked.push(input), addresses.length) - 1];
    return Promise.resolve({ Endpoints: address === undefined ? [] : [{ Address: address, CachePeriodInMinutes: 5 }] });
  };
  context.state.attempts = 1;
  return { context, asked };
}

const origins: string[] = [];
const attempt = ({ request }: CallContext): Promise<object> => {
  origins.push(request.origin);
  return Promise.resolve({});
};

async function send(data: EndpointDiscoveryData, context: CallContext, input = {}, make = attempt): Promise<object> {
  origins.length = 0;
  const wrapped = (await endpointDiscovery(data).attempts?.(make, context, input)) ?? expect.unreachable();
  return wrapped(context);
}

const rejecting = (times: number, error: Error): typeof attempt => {
  let count = 0;
  return (context) => (void attempt(context), count++ < times ? Promise.reject(error) : Promise.resolve({}));
};

describe("endpoint-discovery", () => {
  it("sends each attempt to the address that another operation returns, asked once per set of identifiers", async () => {
    const { context, asked } = await discovering(["cell-1.demo.test", "http://cell-2.demo.test/base"]);
    await send(required, context, { Table: "a" });
    expect(origins).toEqual(["https://cell-1.demo.test"]);
    await send(required, context, { Table: "a" });
    expect(asked).toEqual([{ Operation: "PutThing", Identifiers: { Table: "a" } }]);
    await send(required, context, { Table: "b" });
    expect(asked).toHaveLength(2);
    expect(origins).toEqual(["http://cell-2.demo.test"]);
  });

  it("is not done for a given endpoint, nor for an operation that does not need it while the option is off", async () => {
    const { context } = await discovering(["cell-1.demo.test"]);
    const { required: _required, ...optional } = required;
    expect(await endpointDiscovery(optional).attempts?.(attempt, context, {})).toBe(attempt);
    const given = await contextOf(callOf(putThing, { endpoint: "https://given.test" }));
    expect(await endpointDiscovery(required).attempts?.(attempt, given, {})).toBe(attempt);
  });

  it.each([
    [
      "the modelled error",
      new ServiceError({ name: "InvalidEndpoint", $metadata: { status: 400, attempts: 1, totalRetryDelay: 0 } }),
    ],
    ["status 421", new ServiceError({ name: "Other", $metadata: { status: 421, attempts: 1, totalRetryDelay: 0 } })],
  ])("retries after %s, once a call, which is an attempt like any other", async (_what, error) => {
    const { context, asked } = await discovering(["old.demo.test", "new.demo.test"]);
    await send(required, context, {}, rejecting(1, error));
    expect(origins).toEqual(["https://old.demo.test", "https://new.demo.test"]);
    expect(asked).toHaveLength(2);
    expect(context.state).toMatchObject({ attempts: 2, failed: [{ error }] });
    const twice = await discovering(["old.demo.test", "new.demo.test"]);
    await expect(send(required, twice.context, {}, rejecting(2, error))).rejects.toBe(error);
  });

  it("does not ask again when no attempt is left, or after another error", async () => {
    const invalid = new ServiceError({
      name: "InvalidEndpoint",
      $metadata: { status: 400, attempts: 1, totalRetryDelay: 0 },
    });
    const last = await discovering(["old.demo.test"], { maxAttempts: 1 });
    await expect(send(required, last.context, {}, rejecting(1, invalid))).rejects.toBe(invalid);
    const other = new Error("other");
    const { context } = await discovering(["old.demo.test"]);
    await expect(send(required, context, {}, rejecting(1, other))).rejects.toBe(other);
    expect(origins).toHaveLength(1);
  });

  it("fails where the service returns no endpoint", async () => {
    const { context } = await discovering([undefined]);
    const failure = send(required, context);
    await expect(failure).rejects.toBeInstanceOf(EndpointError);
    await expect(failure).rejects.toThrow("DescribeEndpoints returned no endpoint for PutThing");
  });
});
