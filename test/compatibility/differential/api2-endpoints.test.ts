import { Service } from "@clientsmith/runtime/classic";
import { serviceModel } from "clientsmith";
import { describe, expect, it } from "vitest";
import { peer, peersInstalled } from "../../support/peers.js";
import { shippedDescription } from "./support/api2.js";

const isInstalled = await peersInstalled();

interface Located {
  readonly endpoint: { readonly href: string };
}

const regions = ["us-east-1", "eu-west-1", "cn-north-1", "us-gov-west-1"];

/** Hosts that are like no others, which AWS SDK v2 has in a table of its own. */
const apart: Readonly<Record<string, string>> = {
  "cloudfront-2020-05-31 us-gov-west-1":
    "https://cloudfront.us-gov-west-1.amazonaws.com/, not https://cloudfront.amazonaws.com/",
  "iam-2010-05-08 us-gov-west-1": "https://iam.us-gov-west-1.amazonaws.com/, not https://iam.us-gov.amazonaws.com/",
  "route53-2013-04-01 cn-north-1":
    "https://route53.cn-north-1.amazonaws.com.cn/, not https://route53.amazonaws.com.cn/",
  "route53-2013-04-01 us-gov-west-1":
    "https://route53.us-gov-west-1.amazonaws.com/, not https://route53.us-gov.amazonaws.com/",
};

const names = [
  ["acm-2015-12-08", "ACM"],
  ["cloudfront-2020-05-31", "CloudFront"],
  ["cloudtrail-2013-11-01", "CloudTrail"],
  ["dynamodb-2012-08-10", "DynamoDB"],
  ["iam-2010-05-08", "IAM"],
  ["kms-2014-11-01", "KMS"],
  ["lambda-2015-03-31", "Lambda"],
  ["logs-2014-03-28", "CloudWatchLogs"],
  ["monitoring-2010-08-01", "CloudWatch"],
  ["route53-2013-04-01", "Route53"],
  ["runtime.lex-2016-11-28", "LexRuntime"],
  ["sns-2010-03-31", "SNS"],
  ["sqs-2012-11-05", "SQS"],
  ["states-2016-11-23", "StepFunctions"],
] as const;

describe.skipIf(!isInstalled)("endpoints of services that are read from api-2, beside those of AWS SDK v2", () => {
  it.each(names)("%s", async (name, className) => {
    const Ours = Service.defineService(await serviceModel(shippedDescription(name)));
    const Theirs = (await peer("aws-sdk"))[className] as new (options: object) => Located;
    const found: Record<string, string> = {};
    for (const region of regions) {
      for (const more of [{}, { useDualstackEndpoint: true }]) {
        const ours = new Ours({ region, ...more } as object).endpoint.href;
        const theirs = new Theirs({ region, ...more }).endpoint.href;
        const what = `${name} ${region} ${Object.keys(more).join("")}`.trim();
        if (ours !== theirs) found[what] = `${ours}, not ${theirs}`;
      }
    }
    expect(found).toEqual(Object.fromEntries(Object.entries(apart).filter(([what]) => what.startsWith(name))));
    const validated = new Ours({ region: "us-east-1", useFipsEndpoint: true } as object).endpoint.host;
    expect(validated).toMatch(/^[a-z0-9.]+-fips\.us-east-1\.amazonaws\.com$/);
  });
});
