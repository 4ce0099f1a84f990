import type { Customization } from "./customization.js";

/** Amazon API Gateway answers with HAL, which its model does not describe, unless it is asked for JSON. */
export const apiGateway: Customization = {
  name: "api-gateway",
  sdkId: "API Gateway",
  change: (service) => ({ ...service, headers: { ...service.headers, accept: "application/json" } }),
};
