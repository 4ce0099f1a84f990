/** A service of the tests' own, defined at run time in both: one operation that is polled, two that page. */
import { sigv4 } from "#runtime/auth/sigv4.js";
import { Service, type ServiceDefinition } from "@clientsmith/runtime/classic";
import { awsJson1_1 } from "@clientsmith/runtime/protocols/awsJson";
import type { StructureShape } from "#runtime/schema/shapes.js";
import type { ServiceClass } from "./sdk.js";

const structure = (name: string, members: StructureShape["members"]): StructureShape => ({
  type: "structure",
  name,
  members,
});

const definition: ServiceDefinition = {
  serviceIdentifier: "pond",
  apiVersions: ["2020-01-01"],
  model: {
    service: {
      name: "Pond",
      sdkId: "Pond",
      shapeName: "Pond",
      version: "2020-01-01",
      signingName: "pond",
      authSchemes: [sigv4()],
      protocol: awsJson1_1,
      resolveEndpoint: ({ Endpoint = "https://pond.us-east-1.amazonaws.com" }) => ({ url: String(Endpoint) }),
      endpointBuiltIns: { Endpoint: "SDK::Endpoint" },
    },
    operations: {
      describePond: {
        name: "DescribePond",
        input: structure("DescribePondRequest", { Name: { type: "string", required: true } }),
        output: structure("DescribePondResponse", { Status: { type: "string" } }),
      },
      listFish: {
        name: "ListFish",
        input: structure("ListFishRequest", { NextToken: { type: "string" }, Limit: { type: "integer" } }),
        output: structure("ListFishResponse", {
          NextToken: { type: "string" },
          Fish: { type: "list", member: { type: "string" } },
        }),
      },
      listFrogs: {
        name: "ListFrogs",
        input: structure("ListFrogsRequest", { NextToken: { type: "string" } }),
        output: structure("ListFrogsResponse", {
          NextToken: { type: "string" },
          Frogs: { type: "list", member: { type: "string" } },
        }),
      },
    },
  },
  paginators: {
    listFish: { inputToken: "NextToken", outputToken: ["NextToken"], items: ["Fish"], pageSize: "Limit" },
    listFrogs: { inputToken: "NextToken", outputToken: ["NextToken"] },
  },
  waiters: {
    pondFilled: {
      name: "PondFilled",
      operation: "describePond",
      minDelay: 0,
      maxDelay: 0,
      maxAttempts: 5,
      acceptors: [
        { state: "success", output: (output: { readonly Status?: string }) => output.Status === "FULL" },
        { state: "failure", output: (output: { readonly Status?: string }) => output.Status === "DRY" },
        { state: "retry", errorType: "PondNotFoundException" },
      ],
    },
  },
};

const apiConfig = {
  metadata: {
    apiVersion: "2020-01-01",
    endpointPrefix: "pond",
    jsonVersion: "1.1",
    protocol: "json",
    serviceFullName: "Pond",
    serviceId: "Pond",
    signatureVersion: "v4",
    targetPrefix: "Pond",
  },
  operations: {
    DescribePond: {
      input: { type: "structure", required: ["Name"], members: { Name: {} } },
      output: { type: "structure", members: { Status: {} } },
    },
    ListFish: {
      input: { type: "structure", members: { NextToken: {}, Limit: { type: "integer" } } },
      output: { type: "structure", members: { NextToken: {}, Fish: { type: "list", member: {} } } },
    },
    ListFrogs: {
      input: { type: "structure", members: { NextToken: {} } },
      output: { type: "structure", members: { NextToken: {}, Frogs: { type: "list", member: {} } } },
    },
  },
  shapes: {},
  paginators: {
    ListFish: { input_token: "NextToken", output_token: "NextToken", limit_key: "Limit", result_key: "Fish" },
    ListFrogs: { input_token: "NextToken", output_token: "NextToken" },
  },
  waiters: {
    PondFilled: {
      operation: "DescribePond",
      delay: 0,
      maxAttempts: 5,
      acceptors: [
        { matcher: "path", argument: "Status", expected: "FULL", state: "success" },
        { matcher: "path", argument: "Status", expected: "DRY", state: "failure" },
        { matcher: "error", expected: "PondNotFoundException", state: "retry" },
      ],
    },
  },
};

interface Original {
  readonly Service: {
    defineService(id: string, versions: string[]): ServiceClass;
    new (options: object): unknown;
  };
  readonly apiLoader: { services: Record<string, Record<string, object>> };
}

export const ponds = {
  ours: (): ServiceClass => Service.defineService(definition) as unknown as ServiceClass,
  theirs: ({ Service: OriginalService, apiLoader }: Original): ServiceClass => {
    apiLoader.services["pond"] = { "2020-01-01": apiConfig };
    return OriginalService.defineService("pond", ["2020-01-01"]);
  },
};
