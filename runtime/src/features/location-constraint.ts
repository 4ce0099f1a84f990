import { isObject } from "../schema/values.js";
import type { Feature } from "./feature.js";

/** Members of the input that say where a bucket is created. */
export interface LocationConstraintData {
  /** Holds the others. */
  readonly configuration: string;
  /** Gets the client's Region. */
  readonly constraint: string;
  /** The other member by which a caller says where. */
  readonly location: string;
}

/** Names of the Region whose buckets have no constraint. */
const unconstrained: ReadonlySet<unknown> = new Set([undefined, "us-east-1", "aws-global"]);

/**
 * Amazon S3: a bucket is created in the client's Region, unless the input says where. The service accepts no constraint for
 * us-east-1, and needs one elsewhere.
 */
export function locationConstraint(data: LocationConstraintData): Feature {
  const { configuration, constraint, location } = data;
  return {
    name: "location-constraint",
    data,
    async input(input, { client }) {
      const { region } = await client.config();
      const given: unknown = (input as Readonly<Record<string, unknown>>)[configuration];
      const members = isObject(given) ? given : {};
      if (unconstrained.has(region) || members[constraint] || members[location]) return input;
      return { ...input, [configuration]: { ...members, [constraint]: region } };
    },
  };
}
