// The programs that are bundled: one call of one operation, as users of each client write it.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cache, generate } from "./generate.mjs";
import { sharedModel } from "./models.mjs";

/**
 * @typedef {object} Program
 * @property {string} operation
 * @property {string} ours
 * @property {string} v3
 */

/** Prints nothing and ends by itself; the endpoint is in the environment. @param {string} imports @param {string} call */
const program = (imports, call) => `${imports}\nasync function main() { ${call} }\nmain();\n`;

const settings = `{ region: "us-east-1", credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" }, endpoint: process.env.SERVICE_ENDPOINT }`;

const cloudtrail = {
  operation: "CloudTrail getTrail",
  ours: program(
    `import { CloudTrailClient } from "@clientsmith/cloudtrail/client"; import { getTrail } from "@clientsmith/cloudtrail/getTrail";`,
    `const client = new CloudTrailClient(${settings}); await getTrail(client, { Name: "audit" }); await client.close();`,
  ),
  v3: program(
    `import { CloudTrailClient, GetTrailCommand } from "@aws-sdk/client-cloudtrail";`,
    `const client = new CloudTrailClient(${settings}); await client.send(new GetTrailCommand({ Name: "audit" })); client.destroy();`,
  ),
};

/**
 * The program of CloudTrail, and those of services whose public models are present.
 *
 * @returns {Program[]}
 */
export function programs() {
  const dynamodb = generated("dynamodb", "dynamodb-2012-08-10.json");
  const s3 = generated("s3", "s3-2006-03-01.json");
  return [
    cloudtrail,
    ...(dynamodb
      ? [
          {
            operation: "DynamoDB getItem",
            ours: program(
              `import { DynamoDBClient } from "${dynamodb}/client.ts"; import { getItem } from "${dynamodb}/operations/getItem.ts";`,
              `const client = new DynamoDBClient(${settings}); await getItem(client, { TableName: "t", Key: { id: { S: "1" } } }); await client.close();`,
            ),
            v3: program(
              `import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";`,
              `const client = new DynamoDBClient(${settings}); await client.send(new GetItemCommand({ TableName: "t", Key: { id: { S: "1" } } })); client.destroy();`,
            ),
          },
        ]
      : []),
    ...(s3
      ? [
          {
            operation: "S3 getObject",
            ours: program(
              `import { S3Client } from "${s3}/client.ts"; import { getObject } from "${s3}/operations/getObject.ts";`,
              `const client = new S3Client({ ...${settings}, forcePathStyle: true }); const { Body } = await getObject(client, { Bucket: "b", Key: "k" }); await Body.bytes(); await client.close();`,
            ),
            v3: program(
              `import { S3Client, GetObjectCommand } from "@aws-sdk/client-s3";`,
              `const client = new S3Client({ ...${settings}, forcePathStyle: true }); const { Body } = await client.send(new GetObjectCommand({ Bucket: "b", Key: "k" })); await Body.transformToByteArray(); client.destroy();`,
            ),
          },
        ]
      : []),
  ];
}

/** The sources of a client; undefined without its model. @param {string} name @param {string} file */
function generated(name, file) {
  const model = sharedModel(file);
  if (model === undefined) return undefined;
  const out = join(cache, "bundle", name);
  if (existsSync(out)) rmSync(out, { recursive: true });
  generate(model, out);
  return join(out, "src").replaceAll("\\", "/");
}
