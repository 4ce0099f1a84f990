const ns = "example.pond";
const string = { target: "smithy.api#String" };

export interface PondOptions {
  readonly sdkId?: string;
  readonly operations?: readonly string[];
  /** A further member of the feed input. */
  readonly extraMember?: string;
  readonly operationTraits?: Readonly<Record<string, unknown>>;
}

/** A small service: each operation has an input and an output of its own, and all share `Frog`. */
export function pondModel({
  sdkId = "Quiet Pond",
  operations = ["Feed", "Watch"],
  extraMember,
  operationTraits = {},
}: PondOptions = {}): object {
  const shapes: Record<string, unknown> = {
    [`${ns}#Pond`]: {
      type: "service",
      version: "2024-05-01",
      operations: operations.map((name) => ({ target: `${ns}#${name}` })),
      traits: {
        "aws.api#service": { sdkId, endpointPrefix: "pond" },
        "aws.auth#sigv4": { name: "pond" },
        "aws.protocols#awsJson1_1": {},
      },
    },
    [`${ns}#Frog`]: { type: "structure", members: { name: string, weight: { target: "smithy.api#Integer" } } },
  };
  for (const name of operations) {
    const extra = name === "Feed" && extraMember !== undefined ? { [extraMember]: string } : {};
    shapes[`${ns}#${name}`] = {
      type: "operation",
      input: { target: `${ns}#${name}Input` },
      output: { target: `${ns}#${name}Output` },
      traits: operationTraits,
    };
    shapes[`${ns}#${name}Input`] = {
      type: "structure",
      members: { frog: { target: `${ns}#Frog` }, ...extra },
      traits: { "smithy.api#input": {} },
    };
    shapes[`${ns}#${name}Output`] = {
      type: "structure",
      members: { frog: { target: `${ns}#Frog` } },
      traits: { "smithy.api#output": {} },
    };
  }
  return { smithy: "2.0", shapes };
}
