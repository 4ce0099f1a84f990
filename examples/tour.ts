/**
 * A short tour of the generated client: real, signed calls to a CloudTrail that runs in this process.
 * `npm start` generates the client, builds it and runs this.
 */
import {
  addTags,
  CloudTrailClient,
  createTrail,
  getTrailStatus,
  listTags,
  paginateLookupEvents,
  putEventSelectors,
  startLogging,
  TrailNotFoundException,
  updateTrail,
} from "@clientsmith/cloudtrail";
import { formatPath, ValidationError } from "@clientsmith/runtime";
import { type LocalService, testCredentials } from "@clientsmith/runtime/testing";
import { startLocalCloudTrail } from "./cloudtrail-local/index.js";

function heading(text: string): void {
  console.log(`\n== ${text}`);
}

async function tour(client: CloudTrailClient): Promise<void> {
  heading("createTrail");
  const trail = await createTrail(client, {
    Name: "audit",
    S3BucketName: "example-audit-logs",
    IsMultiRegionTrail: true,
  });
  const { requestId, status, attempts } = trail.$metadata;
  console.log(`created ${trail.TrailARN}`);
  console.log(`status ${status}, request id ${requestId}, attempts ${attempts}`);
  const ResourceId = trail.TrailARN ?? "";

  heading("addTags, listTags");
  await addTags(client, {
    ResourceId,
    TagsList: [
      { Key: "team", Value: "security" },
      { Key: "stage", Value: "production" },
    ],
  });
  const { ResourceTagList = [] } = await listTags(client, { ResourceIdList: [ResourceId] });
  for (const { TagsList = [] } of ResourceTagList) {
    for (const { Key, Value } of TagsList) console.log(`${Key} = ${Value}`);
  }

  heading("putEventSelectors");
  const { EventSelectors = [] } = await putEventSelectors(client, {
    TrailName: "audit",
    EventSelectors: [
      {
        ReadWriteType: "WriteOnly",
        DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::example-bucket/"] }],
      },
    ],
  });
  for (const { ReadWriteType, IncludeManagementEvents, DataResources = [] } of EventSelectors) {
    const logged = DataResources.flatMap(({ Values = [] }) => Values).join(", ");
    console.log(`${ReadWriteType}, management events: ${IncludeManagementEvents}, data events of: ${logged}`);
  }

  heading("startLogging, getTrailStatus");
  await startLogging(client, { Name: "audit" });
  const { IsLogging, StartLoggingTime } = await getTrailStatus(client, { Name: "audit" });
  console.log(`logging: ${IsLogging}, since ${StartLoggingTime?.toISOString()}`);

  heading("paginateLookupEvents: 120 items, over as many pages as it takes");
  const counts = new Map<string, number>();
  const events = paginateLookupEvents(client, {
    LookupAttributes: [{ AttributeKey: "ReadOnly", AttributeValue: "false" }],
  });
  for await (const { EventName = "?" } of events.items({ limit: 120 })) {
    counts.set(EventName, (counts.get(EventName) ?? 0) + 1);
  }
  for (const [name, count] of [...counts].toSorted(([, left], [, right]) => right - left).slice(0, 5)) {
    console.log(`${String(count).padStart(4)}  ${name}`);
  }

  heading("an input with several mistakes: all are found, and nothing is sent");
  try {
    const input = {
      Name: "audit",
      S3Bucketname: "example-audit-logs",
      IncludeGlobalServiceEvents: "yes",
      TagsList: [{ Value: "security" }],
    };
    await createTrail(client, input as object as Parameters<typeof createTrail>[1]);
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    for (const { path, message } of error.issues) console.log(`${formatPath(path)} ${message}`);
  }

  heading("an error of the service, caught by its type");
  try {
    await updateTrail(client, { Name: "no-such-trail", IsMultiRegionTrail: false });
  } catch (error) {
    if (!(error instanceof TrailNotFoundException)) throw error;
    console.log(`${error.name} (status ${error.status}): ${error.message}`);
  }
}

function summary({ requests }: LocalService): void {
  heading("what the service saw");
  const counts = new Map<string, number>();
  for (const { operation = "?" } of requests) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  console.log([...counts].map(([operation, count]) => `${operation} ${count}`).join(", "));
  const signed = requests.filter(({ accessKeyId }) => accessKeyId === testCredentials.accessKeyId).length;
  console.log(`${requests.length} requests, ${signed} of them with a valid signature`);
}

const service = await startLocalCloudTrail({ events: 3_000 });
const client = new CloudTrailClient({
  region: "us-east-1",
  endpoint: service.endpoint,
  credentials: testCredentials,
});
console.log(`A CloudTrail of this process's own listens on ${service.endpoint}.`);
try {
  await tour(client);
  summary(service);
} finally {
  await client.close();
  await service.close();
}
