import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generateInto } from "../support/generate-client.js";
import { root, sharedPath } from "../support/shared.js";
import { complaints, folder } from "./support/check.js";

const own = {
  bookshelf: join(root, "test/fixtures/golden/bookshelf/model.json"),
  hostile: join(root, "test/fixtures/golden/hostile/model.json"),
  cloudtrail: join(root, "model/cloudtrail.json"),
};
const foreign = {
  athena: sharedPath("models/athena-2017-05-18.json"),
  sagemaker: sharedPath("models/sagemaker-2017-07-24.json"),
  dynamodb: sharedPath("models/dynamodb-2012-08-10.json"),
  lambda: sharedPath("models/lambda-2015-03-31.json"),
  apigateway: sharedPath("models/api-gateway-2015-07-09.json"),
  glacier: sharedPath("models/glacier-2012-06-01.json"),
  bedrock: sharedPath("models/bedrock-runtime-2023-09-30.json"),
  s3: sharedPath("models/s3-2006-03-01.json"),
  cloudfront: sharedPath("models/cloudfront-2020-05-31.json"),
  route53: sharedPath("models/route-53-2013-04-01.json"),
  polly: sharedPath("models/polly-2016-06-10.json"),
  sns: sharedPath("models/sns-2010-03-31.json"),
  rds: sharedPath("models/rds-2014-10-31.json"),
  cloudwatch: sharedPath("models/cloudwatch-2010-08-01.json"),
  ec2: sharedPath("conformance/protocols/ec2.awsec2.json"),
  restjson: sharedPath("conformance/protocols/restjson.restjson.json"),
  jsonprotocol: sharedPath("conformance/protocols/json.jsonprotocol.json"),
};

describe("generated code compiles under the strictest settings", () => {
  for (const [name, model] of Object.entries({ ...own, ...foreign })) {
    it.skipIf(model === undefined)(
      name,
      async () => {
        rmSync(join(folder, name), { recursive: true, force: true });
        mkdirSync(join(folder, name), { recursive: true });
        await generateInto(join(folder, name), model ?? "");
        expect(complaints(name)).toBe("");
      },
      120_000,
    );
  }
});
