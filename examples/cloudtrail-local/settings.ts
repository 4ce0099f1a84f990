import {
  type CreateTrailRequest,
  InvalidCloudWatchLogsLogGroupArnException,
  InvalidCloudWatchLogsRoleArnException,
  InvalidParameterCombinationException,
  InvalidS3BucketNameException,
  NotOrganizationMasterAccountException,
  type UpdateTrailRequest,
} from "@clientsmith/cloudtrail";
import type { Account, TrailSettings } from "./account.js";
import { Random } from "./random.js";

const defaults: TrailSettings = {
  S3BucketName: "",
  S3KeyPrefix: undefined,
  SnsTopicARN: undefined,
  IncludeGlobalServiceEvents: true,
  IsMultiRegionTrail: false,
  LogFileValidationEnabled: false,
  CloudWatchLogsLogGroupArn: undefined,
  CloudWatchLogsRoleArn: undefined,
  KmsKeyId: undefined,
  IsOrganizationTrail: false,
};

/** The validated settings of a request; absent ones keep their values. */
export function settingsOf(
  input: CreateTrailRequest | UpdateTrailRequest,
  account: Account,
  region: string,
  before: TrailSettings = defaults,
): TrailSettings {
  const { SnsTopicName, KmsKeyId } = input;
  const settings = {
    S3BucketName: input.S3BucketName ?? before.S3BucketName,
    S3KeyPrefix: input.S3KeyPrefix ?? before.S3KeyPrefix,
    SnsTopicARN: SnsTopicName === undefined ? before.SnsTopicARN : topicArn(SnsTopicName, account, region),
    IncludeGlobalServiceEvents: input.IncludeGlobalServiceEvents ?? before.IncludeGlobalServiceEvents,
    IsMultiRegionTrail: input.IsMultiRegionTrail ?? before.IsMultiRegionTrail,
    LogFileValidationEnabled: input.EnableLogFileValidation ?? before.LogFileValidationEnabled,
    CloudWatchLogsLogGroupArn: input.CloudWatchLogsLogGroupArn ?? before.CloudWatchLogsLogGroupArn,
    CloudWatchLogsRoleArn: input.CloudWatchLogsRoleArn ?? before.CloudWatchLogsRoleArn,
    KmsKeyId: KmsKeyId === undefined ? before.KmsKeyId : keyArn(KmsKeyId, account, region),
    IsOrganizationTrail: input.IsOrganizationTrail ?? before.IsOrganizationTrail,
  };
  check(settings, account);
  return settings;
}

function check(settings: TrailSettings, account: Account): void {
  checkBucketName(settings.S3BucketName);
  if (settings.IsMultiRegionTrail && !settings.IncludeGlobalServiceEvents) {
    throw new InvalidParameterCombinationException({
      message:
        "A trail for all Regions includes the events of global services: IncludeGlobalServiceEvents cannot be false",
    });
  }
  const { CloudWatchLogsLogGroupArn: group, CloudWatchLogsRoleArn: role } = settings;
  if (role && !group) {
    throw new InvalidCloudWatchLogsLogGroupArnException({
      message: "CloudWatchLogsRoleArn needs CloudWatchLogsLogGroupArn",
    });
  }
  if (group && !role) {
    throw new InvalidCloudWatchLogsRoleArnException({
      message: "CloudWatchLogsLogGroupArn needs CloudWatchLogsRoleArn",
    });
  }
  if (settings.IsOrganizationTrail) {
    throw new NotOrganizationMasterAccountException({
      message: `Account ${account.id} is not the management account of an organization`,
    });
  }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function checkBucketName(name: string): void {
  const wellFormed = /^[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9]$/.test(name);
  if (wellFormed && !name.includes("..") && !/^\d+\.\d+\.\d+\.\d+$/.test(name)) return;
  throw new InvalidS3BucketNameException({ message: `${JSON.stringify(name)} is not the name of a bucket` });
}

function topicArn(nameOrArn: string, account: Account, region: string): string {
  return nameOrArn.startsWith("arn:") ? nameOrArn : account.arnOf("sns", region, nameOrArn);
}

/** Keys are returned by their ARN. The key of an alias is derived from its name. */
function keyArn(id: string, account: Account, region: string): string {
  if (/^arn:[^:]+:kms:[^:]+:\d+:key\//.test(id)) return id;
  const key = id.includes("alias/") ? new Random(`${account.id}/${id}`).uuid() : id;
  return account.arnOf("kms", id.split(":")[3] ?? region, `key/${key}`);
}
