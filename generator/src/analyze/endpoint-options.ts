import type { EndpointOptionIr, ServiceIr } from "../ir/ir.js";
import type { Traits } from "../model/model.js";
import { recordTrait, stringTrait } from "./traits.js";
import { lowerCamel } from "../text/lower-camel.js";

/** Built-ins that every client has an option for, or that need no option. */
const common: ReadonlySet<string> = new Set([
  "AWS::Region",
  "AWS::UseFIPS",
  "AWS::UseDualStack",
  "SDK::Endpoint",
  "AWS::Auth::AccountId",
]);

/** How AWS SDKs name an option if not after its built-in, and the environment variable and setting that also set it. */
type Known = Partial<Pick<EndpointOptionIr, "name" | "values" | "default" | "source" | "documentation">>;

const useArnRegion: Known = {
  source: { variable: "AWS_S3_USE_ARN_REGION", setting: "s3_use_arn_region" },
};

/**
 * Known facts about built-ins and client context parameters, by name.
 *
 * @see https://smithy.io/2.0/aws/rules-engine/built-ins.html
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
const facts: Readonly<Record<string, Known>> = {
  "AWS::Auth::AccountIdEndpointMode": {
    values: ["preferred", "disabled", "required"],
    default: "preferred",
    documentation: "Whether requests go to the endpoint of the credentials' account.",
    source: { variable: "AWS_ACCOUNT_ID_ENDPOINT_MODE", setting: "account_id_endpoint_mode" },
  },
  "AWS::S3::Accelerate": { name: "useAccelerateEndpoint" },
  "AWS::S3::DisableMultiRegionAccessPoints": {
    name: "disableMultiregionAccessPoints",
    source: {
      variable: "AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS",
      setting: "s3_disable_multiregion_access_points",
    },
  },
  "AWS::S3::UseArnRegion": useArnRegion,
  "AWS::S3Control::UseArnRegion": useArnRegion,
  DisableS3ExpressSessionAuth: {
    source: { variable: "AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", setting: "s3_disable_express_session_auth" },
  },
};

/** Built-ins that are filled by options of every client, by the option name of the client context parameter. */
const standing: Readonly<Record<string, string>> = {
  region: "AWS::Region",
  endpoint: "SDK::Endpoint",
  useFips: "AWS::UseFIPS",
  useFIPS: "AWS::UseFIPS",
  useDualStack: "AWS::UseDualStack",
};

/** The `smithy.rules#endpointBdd` trait of a service without a rule set. Rule sets are preferred: they are readable. */
export function endpointBdd(traits: Traits): unknown {
  return traits["smithy.rules#endpointRuleSet"] === undefined ? traits["smithy.rules#endpointBdd"] : undefined;
}

/** Maps the parameters of a service's endpoint rules to client options. */
export function readEndpointParameters(traits: Traits): Pick<ServiceIr, "endpointBuiltIns" | "endpointOptions"> {
  const rules = traits["smithy.rules#endpointRuleSet"] ?? traits["smithy.rules#endpointBdd"];
  // Without rules the only parameter is the endpoint that the caller sets.
  if (rules === undefined) return { endpointBuiltIns: { Endpoint: "SDK::Endpoint" }, endpointOptions: [] };
  const parameters = recordTrait(recordTrait({ rules }, "rules") ?? {}, "parameters") ?? {};
  const clientParams = recordTrait(traits, "smithy.rules#clientContextParams") ?? {};
  const builtIns: [string, string][] = [];
  const options: EndpointOptionIr[] = [];
  for (const name of Object.keys(parameters)) {
    const parameter = recordTrait(parameters, name) ?? {};
    const clientParam = recordTrait(clientParams, name);
    const builtIn = stringTrait(parameter, "builtIn") ?? (clientParam && standing[lowerCamel(name)]);
    if (builtIn !== undefined) builtIns.push([name, builtIn]);
    const isOption = builtIn === undefined ? clientParam !== undefined : !common.has(builtIn);
    if (isOption) options.push(readOption(name, builtIn, parameter, clientParam));
  }
  return { endpointBuiltIns: Object.fromEntries(builtIns), endpointOptions: options };
}

function readOption(
  parameter: string,
  builtIn: string | undefined,
  rule: Readonly<Record<string, unknown>>,
  clientParam: Readonly<Record<string, unknown>> | undefined,
): EndpointOptionIr {
  const known = facts[builtIn ?? parameter] ?? {};
  const documentation = clientParam && stringTrait(clientParam, "documentation");
  return {
    name: known.name ?? lowerCamel(builtIn?.split("::").at(-1) ?? parameter),
    parameter,
    type: typeOf(rule["type"]),
    documentation: documentation ?? known.documentation ?? stringTrait(rule, "documentation"),
    values: known.values,
    default: known.default ?? (rule["default"] as EndpointOptionIr["default"]),
    source: known.source,
  };
}

function typeOf(type: unknown): EndpointOptionIr["type"] {
  const name = String(type).toLowerCase();
  if (name === "boolean") return "boolean";
  return name === "stringarray" ? "stringArray" : "string";
}
