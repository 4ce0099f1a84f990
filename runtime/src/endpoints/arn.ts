/** The parts of an Amazon Resource Name. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty where the resource belongs to no Region. */
  readonly region: string;
  /** Empty where the resource belongs to no account. */
  readonly accountId: string;
  /** The rest, split at `:` and `/`. */
  readonly resourceId: readonly string[];
}

/**
 * The parts of an ARN, or undefined for what is none: `arn:` followed by five parts, of which partition, service and
 * resource are not empty.
 *
 * @see https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-parsearn-function
 */
export function parseArn(value: string): Arn | undefined {
  const [prefix, partition, service, region, accountId, ...rest] = value.split(":");
  const resource = rest.join(":");
  if (prefix !== "arn" || !partition || !service || region === undefined || accountId === undefined || !resource) {
    return undefined;
  }
  return { partition, service, region, accountId, resourceId: resource.split(/[:/]/) };
}
