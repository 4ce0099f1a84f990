import { isObject } from "../schema/values.js";
import type { Feature } from "./feature.js";

/** Input members for the location of a new bucket. */
export interface LocationConstraintData {
  /** The member that contains the others. */
  readonly configuration: string;
  /** Receives the client's Region. */
  readonly constraint: string;
  /** The alternative member for the location. */
  readonly location: string;
}

/** Names of the Region whose buckets have no constraint. */
const unconstrained: ReadonlySet<unknown> = new Set([undefined, "us-east-1", "aws-global"]);

/**
 * Amazon S3: a bucket is created in the client's Region, unless the input contains a location. The service rejects a
 * constraint for us-east-1, and requires one elsewhere.
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
