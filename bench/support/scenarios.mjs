// The calls over all protocols: request, response, and the minimum that they can cost.
import { encode, Tagged } from "cborg";

/** @import { Scenario } from "./types.d.ts" */

const kB = 1000;
const MB = 1_000_000;
const xml = { "content-type": "text/xml" };
const amzJson = { "content-type": "application/x-amz-json-1.0" };
const start = Date.UTC(2026, 5, 1);

/** @param {number} count @param {(index: number) => string} item */
const repeat = (count, item) => Array.from({ length: count }, (_, index) => item(index)).join("");
/** @param {number} index */
const time = (index) => new Date(start + 60_000 * index).toISOString();
/** @param {number} index */
const md5 = (index) => String(index).padStart(32, "9f86d081884c7d659a2feaa0c55ad015");

const listing = `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>example</Name><Prefix>photos/</Prefix><KeyCount>1000</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>${repeat(
  1000,
  (index) =>
    `<Contents><Key>photos/2026/06/holiday-${String(index).padStart(6, "0")}.jpg</Key><LastModified>${time(index)}</LastModified><ETag>&quot;${md5(index)}&quot;</ETag><Size>${1000 + 37 * index}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
)}</ListBucketResult>`;

const users = `<ListUsersResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
  <ListUsersResult>
    <IsTruncated>false</IsTruncated>
    <Users>${repeat(
      200,
      (index) => `
      <member>
        <Path>/division/</Path>
        <UserName>user-${index}</UserName>
        <Arn>arn:aws:iam::111122223333:user/division/user-${index}</Arn>
        <UserId>AIDA${String(index).padStart(17, "0")}</UserId>
        <CreateDate>${time(index)}</CreateDate>
        <Tags>
          <member><Key>team</Key><Value>security &amp; audit</Value></member>
          <member><Key>stage</Key><Value>production</Value></member>
        </Tags>
      </member>`,
    )}
    </Users>
  </ListUsersResult>
  <ResponseMetadata><RequestId>0a1b2c3d-4e5f-6789-abcd-ef0123456789</RequestId></ResponseMetadata>
</ListUsersResponse>`;

const instances = `<?xml version="1.0" encoding="UTF-8"?>
<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
    <requestId>0a1b2c3d-4e5f-6789-abcd-ef0123456789</requestId>
    <reservationSet>${repeat(
      50,
      (index) => `
        <item>
            <reservationId>r-${String(index).padStart(17, "0")}</reservationId>
            <ownerId>111122223333</ownerId>
            <groupSet/>
            <instancesSet>
                <item>
                    <instanceId>i-${String(index).padStart(17, "0")}</instanceId>
                    <imageId>ami-0a1b2c3d4e5f67890</imageId>
                    <instanceState><code>16</code><name>running</name></instanceState>
                    <privateDnsName>ip-10-0-0-${index}.ec2.internal</privateDnsName>
                    <dnsName/>
                    <reason/>
                    <amiLaunchIndex>0</amiLaunchIndex>
                    <productCodes/>
                    <instanceType>t3.micro</instanceType>
                    <launchTime>${time(index)}</launchTime>
                    <placement><availabilityZone>us-east-1a</availabilityZone><groupName/><tenancy>default</tenancy></placement>
                    <monitoring><state>disabled</state></monitoring>
                    <subnetId>subnet-0a1b2c3d</subnetId>
                    <vpcId>vpc-0a1b2c3d</vpcId>
                    <privateIpAddress>10.0.0.${index}</privateIpAddress>
                    <sourceDestCheck>true</sourceDestCheck>
                    <groupSet><item><groupId>sg-0a1b2c3d</groupId><groupName>default</groupName></item></groupSet>
                    <architecture>x86_64</architecture>
                    <rootDeviceType>ebs</rootDeviceType>
                    <blockDeviceMapping><item><deviceName>/dev/xvda</deviceName><ebs><volumeId>vol-0a1b2c3d</volumeId><status>attached</status><attachTime>${time(index)}</attachTime><deleteOnTermination>true</deleteOnTermination></ebs></item></blockDeviceMapping>
                    <tagSet><item><key>Name</key><value>web-${index}</value></item><item><key>stage</key><value>production</value></item></tagSet>
                    <ebsOptimized>false</ebsOptimized>
                </item>
            </instancesSet>
        </item>`,
    )}
    </reservationSet>
</DescribeInstancesResponse>`;

const points = Array.from({ length: 10_000 }, (_, index) => index);
const metrics = `<GetMetricDataResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><GetMetricDataResult><MetricDataResults><member><Id>m1</Id><Label>CPUUtilization</Label><StatusCode>Complete</StatusCode><Timestamps>${repeat(
  points.length,
  (index) => `<member>${time(index)}</member>`,
)}</Timestamps><Values>${repeat(points.length, (index) => `<member>${index % 100}.${index}</member>`)}</Values></member></MetricDataResults></GetMetricDataResult></GetMetricDataResponse>`;
const metricsCbor = encode(
  {
    MetricDataResults: [
      {
        Id: "m1",
        Label: "CPUUtilization",
        StatusCode: "Complete",
        Timestamps: points.map((index) => new Tagged(1, start / 1000 + 60 * index)),
        Values: points.map((index) => Number(`${index % 100}.${index}`)),
      },
    ],
  },
  { float64: true },
);
const metricsInput = {
  StartTime: new Date(start),
  EndTime: new Date(start + 60_000 * points.length),
  MetricDataQueries: [
    {
      Id: "m1",
      MetricStat: {
        Metric: {
          Namespace: "AWS/EC2",
          MetricName: "CPUUtilization",
          Dimensions: [{ Name: "InstanceId", Value: "i-0a1b2c3d" }],
        },
        Period: 60,
        Stat: "Average",
      },
    },
  ],
};

const blob = Buffer.alloc(32, "b");
/** @param {number} index @param {string | Uint8Array} bytes */
const item = (index, bytes) => ({
  pk: { S: `customer#${index}` },
  sk: { N: String(start + index) },
  address: { M: { street: { S: "Example Road 1" }, city: { S: "Springfield" }, verified: { BOOL: true } } },
  orders: { L: [{ N: "1" }, { N: "2" }, { M: { id: { S: "o-1" }, total: { N: "12.50" } } }] },
  tags: { SS: ["new", "vip", "eu"] },
  token: { B: bytes },
});
const items = Array.from({ length: 100 }, (_, index) => item(index, blob.toString("base64")));

const messages = Array.from({ length: 10 }, (_, index) => ({
  MessageId: `0a1b2c3d-4e5f-6789-abcd-${String(index).padStart(12, "0")}`,
  ReceiptHandle: "AQEB".padEnd(180, "x"),
  // Of the body: v3 checks it.
  MD5OfBody: "0cc175b9c0f1b6a831c399e269772661",
  Body: "a",
  Attributes: { SentTimestamp: String(start), ApproximateReceiveCount: "1" },
}));

/**
 * `ofFloor` and `ofV3` are the goals: at most so many times the floor, and at most that part of v3.
 *
 * @type {Readonly<Record<string, Scenario>>}
 */
export const scenarios = {
  listObjectsV2: {
    title: "S3 listObjectsV2, 1,000 keys (restXml)",
    client: "s3",
    input: { Bucket: "example" },
    response: { headers: xml, body: listing },
    floor: "xml",
    ofFloor: 2,
    ofV3: 0.2,
    calls: 100,
  },
  listUsers: {
    title: "IAM listUsers, 200 users (awsQuery)",
    client: "iam",
    input: {},
    response: { headers: xml, body: users },
    floor: "xml",
    ofFloor: 2,
    ofV3: 0.25,
    calls: 120,
  },
  describeInstances: {
    title: "EC2 describeInstances, 50 instances (ec2Query)",
    client: "ec2",
    input: { MaxResults: 50 },
    response: { headers: xml, body: instances },
    floor: "xml",
    ofFloor: 2,
    ofV3: 0.25,
    calls: 120,
  },
  metricsQuery: {
    title: "CloudWatch getMetricData, 10,000 points (awsQuery)",
    client: "cloudwatch-query",
    operation: "getMetricData",
    input: metricsInput,
    response: { headers: xml, body: metrics },
    floor: "xml",
    ofFloor: 2,
    ofV3: 0.25,
    calls: 24,
  },
  metricsCbor: {
    title: "CloudWatch getMetricData, 10,000 points (rpcv2Cbor)",
    client: "cloudwatch-cbor",
    operation: "getMetricData",
    input: metricsInput,
    response: {
      headers: { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" },
      body: metricsCbor,
    },
    floor: "cbor",
    ofFloor: 1,
    ofV3: 0.5,
    calls: 40,
  },
  scan: {
    title: "DynamoDB scan, 100 items (awsJson1_0)",
    client: "dynamodb",
    input: { TableName: "example" },
    response: { headers: amzJson, body: JSON.stringify({ Items: items, Count: 100, ScannedCount: 100 }) },
    floor: "json",
    ofFloor: 1.6,
    ofV3: 0.4,
    calls: 200,
  },
  putItem: {
    title: "DynamoDB putItem (awsJson1_0)",
    client: "dynamodb",
    input: { TableName: "example", Item: item(0, blob) },
    response: { headers: amzJson, body: "{}" },
    floor: "json",
    ofFloor: 1.6,
    ofV3: 0.4,
    calls: 1500,
  },
  batchWriteItem: {
    title: "DynamoDB batchWriteItem, 25 items (awsJson1_0)",
    client: "dynamodb",
    input: {
      RequestItems: {
        example: Array.from({ length: 25 }, (_, index) => ({ PutRequest: { Item: item(index, blob) } })),
      },
    },
    response: { headers: amzJson, body: '{"UnprocessedItems":{}}' },
    floor: "json",
    ofFloor: 1.6,
    ofV3: 0.4,
    calls: 500,
  },
  receiveMessage: {
    title: "SQS receiveMessage, 10 messages (awsJson1_0)",
    client: "sqs",
    input: { QueueUrl: "http://127.0.0.1/111122223333/example", MaxNumberOfMessages: 10 },
    response: { headers: amzJson, body: JSON.stringify({ Messages: messages }) },
    floor: "json",
    ofFloor: 1.6,
    ofV3: 0.4,
    calls: 1000,
  },
  invokeSmall: {
    title: "Lambda invoke, headers and query (restJson1)",
    client: "lambda",
    operation: "invoke",
    input: {
      FunctionName: "example",
      InvocationType: "RequestResponse",
      LogType: "Tail",
      ClientContext: "e30=",
      Qualifier: "live",
      Payload: Buffer.from('{"name":"value"}'),
    },
    response: {
      headers: { "content-type": "application/json", "x-amz-executed-version": "7", "x-amz-log-result": "U1RBUlQ=" },
      body: '{"ok":true}',
    },
    floor: "bytes",
    ofFloor: 1.6,
    ofV3: 0.4,
    calls: 1500,
  },
  invoke: {
    title: "Lambda invoke, 1 MB each way (restJson1)",
    client: "lambda",
    input: { FunctionName: "example", Payload: Buffer.alloc(MB, '{"name":"value"} ') },
    response: { headers: { "content-type": "application/json" }, body: Buffer.alloc(MB, '{"name":"value"} ') },
    floor: "bytes",
    ofFloor: 1.2,
    ofV3: 0.5,
    calls: 200,
  },
  getObject: {
    title: "S3 getObject, 8 MB chunk by chunk (restXml)",
    client: "s3",
    input: { Bucket: "example", Key: "key" },
    response: { headers: { "content-type": "application/octet-stream" }, body: Buffer.alloc(8 * MB, "x") },
    reads: true,
    floor: "stream",
    ofFloor: 1.1,
    ofV3: 0.45,
    calls: 48,
  },
  putObject: {
    title: "S3 putObject, 1 MB buffer (restXml)",
    client: "s3",
    input: { Bucket: "example", Key: "key", Body: Buffer.alloc(MB, "x") },
    response: { headers: {}, body: "" },
    floor: "digests",
    ofFloor: 1.2,
    ofV3: 0.5,
    calls: 400,
  },
  download: {
    title: "S3 getObject, 64 MB by stream (restXml)",
    client: "s3",
    operation: "getObject",
    input: { Bucket: "example", Key: "key" },
    response: { headers: { "content-type": "application/octet-stream" }, body: Buffer.alloc(64 * MB, "x") },
    reads: true,
    floor: "stream",
    ofFloor: 1.2,
    ofV3: 0.6,
    calls: 8,
  },
  upload: {
    title: "S3 putObject, 64 MB by stream (restXml)",
    client: "s3",
    operation: "putObject",
    input: { Bucket: "example", Key: "key", ContentLength: 64 * MB },
    sends: { chunk: 64 * kB, chunks: 1000 },
    response: { headers: {}, body: "" },
    floor: "sending",
    ofFloor: 1.2,
    ofV3: 0.6,
    calls: 8,
  },
};
