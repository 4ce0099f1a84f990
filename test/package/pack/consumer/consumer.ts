import {
  CloudTrail,
  CloudTrailClient,
  type LookupEventsRequest,
  lookupEvents as fromRoot,
} from "@clientsmith/cloudtrail";
import { CloudTrailClient as ClientOfSubpath } from "@clientsmith/cloudtrail/client";
import { type GetTrailError, getTrail, validateGetTrailRequest } from "@clientsmith/cloudtrail/getTrail";
import { lookupEvents, paginateLookupEvents } from "@clientsmith/cloudtrail/lookupEvents";
import { CloudTrailModel } from "@clientsmith/cloudtrail/model";
import { isServiceError, type ValidationIssue } from "@clientsmith/runtime";
import { startLocalService } from "@clientsmith/runtime/testing";

export async function everything(): Promise<readonly (string | undefined)[]> {
  const service = await startLocalService({
    service: CloudTrailModel,
    handlers: { getTrail: (input) => ({ Trail: { Name: input.Name } }), lookupEvents: () => ({ Events: [] }) },
  });
  const client: CloudTrailClient = new ClientOfSubpath({ region: "us-east-1", endpoint: service.endpoint });
  const input: LookupEventsRequest = { StartTime: new Date(0), MaxResults: 10 };
  const issues: ValidationIssue[] = validateGetTrailRequest({ Name: 1 });
  const found: (string | undefined)[] = issues.map((issue) => issue.message);
  try {
    const { Trail } = await getTrail(client, { Name: "audit" });
    found.push(
      Trail?.HomeRegion,
      (await lookupEvents(client, input)).NextToken,
      (await fromRoot(client)).$metadata.requestId,
    );
    for await (const event of paginateLookupEvents(client, input).items()) found.push(event.EventTime?.toISOString());
  } catch (error) {
    if (isServiceError(error)) found.push((error as GetTrailError).name);
    else throw error;
  }
  const cloudtrail = new CloudTrail({ region: "us-east-1" });
  found.push((await cloudtrail.createTrail({ Name: "audit", S3BucketName: "logs" })).TrailARN);
  await service.close();
  return found;
}
