/** A group of AWS Regions that share DNS suffixes and abilities. */
export interface Partition {
  readonly name: string;
  readonly dnsSuffix: string;
  readonly dualStackDnsSuffix: string;
  readonly supportsFIPS: boolean;
  readonly supportsDualStack: boolean;
  /** Region whose endpoints serve the partition's global services. */
  readonly implicitGlobalRegion: string;
}

interface PartitionEntry extends Partition {
  /** Names of the partition's Regions, those to come included. */
  readonly regions: RegExp;
  /** Regions that `regions` does not match. */
  readonly others: readonly string[];
}

/** The default of `partitionOf`. */
export const aws: PartitionEntry = {
  name: "aws",
  dnsSuffix: "amazonaws.com",
  dualStackDnsSuffix: "api.aws",
  supportsFIPS: true,
  supportsDualStack: true,
  implicitGlobalRegion: "us-east-1",
  regions: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
  others: ["aws-global"],
};

export const partitions: readonly PartitionEntry[] = [
  aws,
  {
    name: "aws-cn",
    dnsSuffix: "amazonaws.com.cn",
    dualStackDnsSuffix: "api.amazonwebservices.com.cn",
    supportsFIPS: true,
    supportsDualStack: true,
    implicitGlobalRegion: "cn-northwest-1",
    regions: /^cn-\w+-\d+$/,
    others: ["aws-cn-global"],
  },
  {
    name: "aws-eusc",
    dnsSuffix: "amazonaws.eu",
    dualStackDnsSuffix: "api.amazonwebservices.eu",
    supportsFIPS: true,
    supportsDualStack: true,
    implicitGlobalRegion: "eusc-de-east-1",
    regions: /^eusc-(de)-\w+-\d+$/,
    others: [],
  },
  {
    name: "aws-iso",
    dnsSuffix: "c2s.ic.gov",
    dualStackDnsSuffix: "api.aws.ic.gov",
    supportsFIPS: true,
    supportsDualStack: true,
    implicitGlobalRegion: "us-iso-east-1",
    regions: /^us-iso-\w+-\d+$/,
    others: ["aws-iso-global"],
  },
  {
    name: "aws-iso-b",
    dnsSuffix: "sc2s.sgov.gov",
    dualStackDnsSuffix: "api.aws.scloud",
    supportsFIPS: true,
    supportsDualStack: true,
    implicitGlobalRegion: "us-isob-east-1",
    regions: /^us-isob-\w+-\d+$/,
    others: ["aws-iso-b-global"],
  },
  {
    name: "aws-iso-e",
    dnsSuffix: "cloud.adc-e.uk",
    dualStackDnsSuffix: "api.cloud-aws.adc-e.uk",
    supportsFIPS: true,
    supportsDualStack: true,
    implicitGlobalRegion: "eu-isoe-west-1",
    regions: /^eu-isoe-\w+-\d+$/,
    others: ["aws-iso-e-global"],
  },
  {
    name: "aws-iso-f",
    dnsSuffix: "csp.hci.ic.gov",
    dualStackDnsSuffix: "api.aws.hci.ic.gov",
    supportsFIPS: true,
    supportsDualStack: true,
    implicitGlobalRegion: "us-isof-south-1",
    regions: /^us-isof-\w+-\d+$/,
    others: ["aws-iso-f-global"],
  },
  {
    name: "aws-us-gov",
    dnsSuffix: "amazonaws.com",
    dualStackDnsSuffix: "api.aws",
    supportsFIPS: true,
    supportsDualStack: true,
    implicitGlobalRegion: "us-gov-west-1",
    regions: /^us-gov-\w+-\d+$/,
    others: ["aws-us-gov-global"],
  },
];
