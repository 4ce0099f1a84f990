import { aws, type Partition, partitions } from "./partitions.js";

/**
 * The partition that a Region is in; `aws` for a Region that none claims, which lets new and private Regions work.
 *
 * @see https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-partition-function
 */
export function partitionOf(region: string): Partition {
  return partitions.find(({ regions, others }) => regions.test(region) || others.includes(region)) ?? aws;
}
