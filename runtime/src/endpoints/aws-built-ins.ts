import type { Service } from "../schema/service.js";
import type { EndpointSettings } from "./resolve.js";

/** @see https://smithy.io/2.0/aws/rules-engine/built-ins.html */
export function awsBuiltIns(
  config: EndpointSettings,
  account?: string,
): Readonly<Record<string, string | boolean | undefined>> {
  return {
    "AWS::Region": config.region,
    "AWS::UseFIPS": config.useFipsEndpoint,
    "AWS::UseDualStack": config.useDualstackEndpoint,
    "SDK::Endpoint": config.endpoint,
    "AWS::Auth::AccountId": account,
  };
}

/** Whether the endpoint rules need the caller's account. */
export function needsAccount({ endpointBuiltIns }: Service, { endpointParameters }: EndpointSettings): boolean {
  const parameterOf = (builtIn: string): string =>
    Object.keys(endpointBuiltIns).find((name) => endpointBuiltIns[name] === builtIn) ?? "";
  const isParameter = parameterOf("AWS::Auth::AccountId") !== "";
  return isParameter && endpointParameters[parameterOf("AWS::Auth::AccountIdEndpointMode")] !== "disabled";
}
