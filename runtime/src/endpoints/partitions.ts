/** A group of AWS Regions with the same DNS suffixes and capabilities. */
export interface Partition {
  readonly name: string;
  readonly dnsSuffix: string;
  readonly dualStackDnsSuffix: string;
  readonly supportsFIPS: boolean;
  readonly supportsDualStack: boolean;
  /** The Region whose endpoints serve the partition's global services. */
  readonly implicitGlobalRegion: string;
}

interface PartitionEntry extends Partition {
  /** Matches names of the partition's Regions, including future ones. */
  readonly regions: RegExp;
  /** Regions that `regions` does not match. */
  readonly others: readonly string[];
}

/** Only the columns that differ: all partitions support FIPS and dual stack so far. */
function partition(
  name: string,
  dnsSuffix: string,
  dualStackDnsSuffix: string,
  implicitGlobalRegion: string,
  regions: RegExp,
  ...others: readonly string[]
): PartitionEntry {
  const supports = { supportsFIPS: true, supportsDualStack: true };
  return { name, dnsSuffix, dualStackDnsSuffix, ...supports, implicitGlobalRegion, regions, others };
}

/** The default of `partitionOf`. */
export const aws = partition(
  "aws",
  "amazonaws.com",
  "api.aws",
  "us-east-1",
  /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
  "aws-global",
);

// A table reads best with one line a row.
// prettier-ignore
export const partitions: readonly PartitionEntry[] = [
  aws,
  partition("aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-northwest-1", /^cn-\w+-\d+$/, "aws-cn-global"),
  partition("aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu", "eusc-de-east-1", /^eusc-(de)-\w+-\d+$/),
  partition("aws-iso", "c2s.ic.gov", "api.aws.ic.gov", "us-iso-east-1", /^us-iso-\w+-\d+$/, "aws-iso-global"),
  partition("aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud", "us-isob-east-1", /^us-isob-\w+-\d+$/, "aws-iso-b-global"),
  partition("aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-west-1", /^eu-isoe-\w+-\d+$/, "aws-iso-e-global"),
  partition("aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-south-1", /^us-isof-\w+-\d+$/, "aws-iso-f-global"),
  partition("aws-us-gov", "amazonaws.com", "api.aws", "us-gov-west-1", /^us-gov-\w+-\d+$/, "aws-us-gov-global"),
];
