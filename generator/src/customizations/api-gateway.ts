import type { Customization } from "./customization.js";

/** Amazon API Gateway responds with HAL, which its model does not describe, unless the request accepts JSON. */
export const apiGateway: Customization = {
  name: "api-gateway",
  sdkId: "API Gateway",
  change: (service) => ({ ...service, headers: { ...service.headers, accept: "application/json" } }),
};
