import type { Json } from "../source/json.js";

export interface EndpointFacts {
  readonly endpointPrefix: string;
  /** Host of a service with one endpoint for all Regions of the commercial partition. */
  readonly globalEndpoint: string | undefined;
  /** Whether paths are signed without a second URI encoding, as for S3. */
  readonly signsPathOnce: boolean;
}

const argument = (ref: string): Json => ({ ref });
const isTrue = (ref: string): Json => ({ fn: "booleanEquals", argv: [argument(ref), true] });
const isSet = (ref: string): Json => ({ fn: "isSet", argv: [argument(ref)] });
const ofPartition = (name: string): Json => ({ fn: "getAttr", argv: [argument("PartitionResult"), name] });
const supports = (name: string): Json => ({ fn: "booleanEquals", argv: [ofPartition(name), true] });

const error = (message: string, ...conditions: readonly Json[]): Json => ({
  type: "error",
  conditions,
  error: message,
});
const tree = (conditions: readonly Json[], rules: readonly Json[]): Json => ({ type: "tree", conditions, rules });

/**
 * Endpoint rules for a description, which has none: the standard AWS host names by service, Region and partition. For a
 * service with other host names, callers set the option `endpoint`.
 */
export function standardRules({ endpointPrefix, globalEndpoint, signsPathOnce }: EndpointFacts): Json {
  const signing = signsPathOnce ? { disableDoubleEncoding: true } : {};
  const endpoint = (url: unknown, authSchemes: readonly Json[] | undefined, ...conditions: readonly Json[]): Json => ({
    type: "endpoint",
    conditions,
    endpoint: { url, properties: authSchemes ? { authSchemes } : {}, headers: {} },
  });
  const asUsual = signsPathOnce ? [{ name: "sigv4", ...signing }] : undefined;
  const regional = (prefix: string, suffix: string): Json =>
    endpoint(`https://${prefix}.{Region}.{PartitionResult#${suffix}}`, asUsual);
  const inPartition = [
    tree(
      [isTrue("UseFIPS"), isTrue("UseDualStack")],
      [
        tree(
          [supports("supportsFIPS"), supports("supportsDualStack")],
          [regional(`${endpointPrefix}-fips`, "dualStackDnsSuffix")],
        ),
        error("The partition of the region has no hosts that support both IPv6 and FIPS"),
      ],
    ),
    tree(
      [isTrue("UseFIPS")],
      [
        tree([supports("supportsFIPS")], [regional(`${endpointPrefix}-fips`, "dnsSuffix")]),
        error("The partition of the region has no hosts that support FIPS"),
      ],
    ),
    tree(
      [isTrue("UseDualStack")],
      [
        tree([supports("supportsDualStack")], [regional(endpointPrefix, "dualStackDnsSuffix")]),
        error("The partition of the region has no hosts that support IPv6"),
      ],
    ),
    ...(globalEndpoint === undefined
      ? []
      : [
          endpoint(`https://${globalEndpoint}`, [{ name: "sigv4", signingRegion: "us-east-1", ...signing }], {
            fn: "stringEquals",
            argv: [ofPartition("name"), "aws"],
          }),
        ]),
    regional(endpointPrefix, "dnsSuffix"),
  ];
  return {
    version: "1.0",
    parameters: {
      Region: { builtIn: "AWS::Region", required: false, documentation: "Region of the service.", type: "string" },
      UseDualStack: {
        builtIn: "AWS::UseDualStack",
        required: true,
        default: false,
        documentation: "Use dual-stack hosts, which support IPv6.",
        type: "boolean",
      },
      UseFIPS: {
        builtIn: "AWS::UseFIPS",
        required: true,
        default: false,
        documentation: "Use hosts that comply with FIPS 140.",
        type: "boolean",
      },
      Endpoint: {
        builtIn: "SDK::Endpoint",
        required: false,
        documentation: "Endpoint of the service.",
        type: "string",
      },
    },
    rules: [
      tree(
        [isSet("Endpoint")],
        [
          error("A custom endpoint cannot be combined with useFipsEndpoint", isTrue("UseFIPS")),
          error("A custom endpoint cannot be combined with useDualstackEndpoint", isTrue("UseDualStack")),
          endpoint(argument("Endpoint"), asUsual),
        ],
      ),
      tree(
        [isSet("Region")],
        [tree([{ fn: "aws.partition", argv: [argument("Region")], assign: "PartitionResult" }], inPartition)],
      ),
      error("There is no region"),
    ],
  };
}
