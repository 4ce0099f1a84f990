import { readFileSync } from "node:fs";
import { sharedPath } from "../support/shared.js";
import type { ProtocolCase } from "./support/cases.js";
import type { Ast, AstShape } from "./support/model-values.js";
import { protocolSuite } from "./support/suite.js";

const model = sharedPath("models/s3-2006-03-01.json");

/** The suite's model has none of the endpoint rules, which say how a bucket is addressed: S3's own has them. */
function withEndpointRules(ast: Ast): Ast {
  const own = JSON.parse(readFileSync(model ?? "", "utf8")) as Ast;
  const shapes = Object.entries(ast.shapes).map(([id, shape]): [string, AstShape] => {
    const members = Object.entries(shape.members ?? {}).map(([name, member]) => [
      name,
      { ...member, traits: { ...member.traits, ...rulesOf(own.shapes[id]?.members?.[name]?.traits) } },
    ]);
    return [
      id,
      {
        ...shape,
        ...(shape.members && { members: Object.fromEntries(members) as NonNullable<AstShape["members"]> }),
        traits: { ...shape.traits, ...rulesOf(own.shapes[id]?.traits) },
      },
    ];
  });
  return { ...ast, shapes: Object.fromEntries(shapes) };
}

function rulesOf(traits: AstShape["traits"] = {}): NonNullable<AstShape["traits"]> {
  return Object.fromEntries(Object.entries(traits).filter(([id]) => id.startsWith("smithy.rules#")));
}

interface S3Config {
  readonly addressing_style?: "path" | "virtual";
  readonly use_dualstack_endpoint?: boolean;
  readonly use_accelerate_endpoint?: boolean;
}

/** What a case's configuration is in options of a client; the operation's own counts more than the client's. */
function optionsOf({ vendorParams }: ProtocolCase): Readonly<Record<string, unknown>> {
  const { client, operation } = (vendorParams?.["scopedConfig"] ?? {}) as Readonly<
    Record<"client" | "operation", { readonly s3?: S3Config } | undefined>
  >;
  const config: S3Config = { ...client?.s3, ...operation?.s3 };
  return {
    ...(config.addressing_style === "path" && { forcePathStyle: true }),
    ...(config.use_dualstack_endpoint && { useDualstackEndpoint: true }),
    ...(config.use_accelerate_endpoint && { useAccelerateEndpoint: true }),
  };
}

protocolSuite({
  file: "s3.amazons3.json",
  protocols: ["aws.protocols#restXml"],
  count: 13,
  complete: withEndpointRules,
  client: optionsOf,
  responseInput: { Bucket: "mybucket" },
});
