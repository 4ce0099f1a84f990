import type { ServiceShape } from "../model/model.js";
import { recordTrait } from "./traits.js";

/**
 * Whether a service belongs to AWS: it has a trait of AWS that is not about protocols, which other services use too, or its
 * endpoint rules have a parameter of AWS, such as the Region.
 */
export function isAwsService({ traits }: Pick<ServiceShape, "traits">): boolean {
  if (Object.keys(traits).some((id) => id.startsWith("aws.") && !id.startsWith("aws.protocols#"))) return true;
  const rules = traits["smithy.rules#endpointRuleSet"] ?? traits["smithy.rules#endpointBdd"];
  const parameters = recordTrait(recordTrait({ rules }, "rules") ?? {}, "parameters") ?? {};
  return Object.values(parameters).some((parameter) =>
    String((parameter as { readonly builtIn?: unknown } | null)?.builtIn).startsWith("AWS::"),
  );
}
