import type { OperationIr, RegionalCopyIr } from "../ir/ir.js";
import type { Customization } from "./customization.js";

/** Input member with the source ARN, by the name of the operation that copies from another Region. */
const databaseSources: Readonly<Record<string, string>> = {
  CopyDBClusterSnapshot: "SourceDBClusterSnapshotIdentifier",
  CopyDBSnapshot: "SourceDBSnapshotIdentifier",
  CreateDBCluster: "ReplicationSourceIdentifier",
  CreateDBInstanceReadReplica: "SourceDBInstanceIdentifier",
  StartDBInstanceAutomatedBackupsReplication: "SourceDBInstanceArn",
};

/**
 * Amazon RDS and the databases that share its API: if the source is an ARN in another Region, the request contains a
 * presigned URL for that Region. The client creates it.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CopyDBSnapshot.html
 */
const databases = [
  ["docdb", "DocDB"],
  ["neptune", "Neptune"],
  ["rds", "RDS"],
].map(([name = "", sdkId = ""]) =>
  copies(name, sdkId, ({ name: operation }) => {
    const source = databaseSources[operation];
    return source === undefined ? undefined : { url: "PreSignedUrl", source };
  }),
);

/**
 * Amazon EC2: the same for snapshots, where an input member is the source Region.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopySnapshot.html
 */
const ec2 = copies("ec2", "EC2", ({ name }) =>
  name === "CopySnapshot"
    ? { url: "PresignedUrl", source: "SourceRegion", destination: "DestinationRegion" }
    : undefined,
);

export const regionalCopies: readonly Customization[] = [...databases, ec2];

function copies(
  name: string,
  sdkId: string,
  copyOf: (operation: OperationIr) => RegionalCopyIr | undefined,
): Customization {
  const change = (operation: OperationIr): OperationIr => {
    const regionalCopy = copyOf(operation);
    const members = new Set(operation.input?.members.map((member) => member.name));
    const hasAll = Object.values(regionalCopy ?? {}).every((member: string) => members.has(member));
    return regionalCopy && hasAll ? { ...operation, regionalCopy } : operation;
  };
  return { name, sdkId, change: (service) => ({ ...service, operations: service.operations.map(change) }) };
}
