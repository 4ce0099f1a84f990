import type { Customization } from "./customization.js";

/**
 * Amazon Route 53 returns IDs such as `/hostedzone/Z1D633PJN98FT9` and accepts them only without the prefix.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHostedZone.html
 */
export const route53: Customization = {
  name: "route53",
  sdkId: "Route 53",
  change: (service) => ({
    ...service,
    operations: service.operations.map((operation) =>
      operation.input?.members.some(({ bindings }) => "httpLabel" in bindings)
        ? { ...operation, labelPrefixes: ["/hostedzone/", "/change/", "/delegationset/"] }
        : operation,
    ),
  }),
};
