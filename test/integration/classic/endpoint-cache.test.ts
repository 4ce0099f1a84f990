import { expect, it } from "vitest";
import { Service } from "#runtime/classic/index.js";
import { endpointDiscovery } from "#runtime/features/endpoint-discovery.js";
import type { Operation } from "#runtime/schema/service.js";
import { definition, described, json, operations, options, serve } from "../../unit/runtime/classic/support.js";

// The first request that needs an endpoint creates the cache of the process, so this test has a process of its own.
it("endpoints that another operation returns are kept up to endpointCacheSize", async () => {
  const reported = await serve(json(200, {}));
  const own = await serve(json(200, { Endpoints: [{ Address: reported.endpoint, CachePeriodInMinutes: 5 }] }));
  const Reported = { type: "structure", name: "Reported", members: { Address: { type: "string" } } } as const;
  const describeEndpoints: Operation = {
    name: "DescribeEndpoints",
    input: { type: "structure", name: "DescribeEndpointsRequest", members: {} },
    output: {
      type: "structure",
      name: "DescribeEndpointsResponse",
      members: { Endpoints: { type: "list", member: { target: Reported } } },
    },
  };
  Object.assign(Reported.members, { CachePeriodInMinutes: { type: "long" } });
  const listBooks = {
    ...operations.listBooks,
    features: [endpointDiscovery({ operation: describeEndpoints, required: true })],
  };
  const service = { ...described, resolveEndpoint: () => ({ url: own.endpoint }) };
  const Books = Service.defineService({
    ...definition,
    model: { service, operations: { listBooks, describeEndpoints } },
  });
  for (const region of ["eu-1", "eu-1", "eu-2", "eu-1"]) {
    await new Books({ ...options, region, endpointCacheSize: 1 }).makeRequest("listBooks").promise();
  }
  expect([own.hits.length, reported.hits.length]).toEqual([3, 4]);
});
