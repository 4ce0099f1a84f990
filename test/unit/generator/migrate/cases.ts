/** What files are before and after `clientsmith migrate`. */

export interface Case {
  readonly name: string;
  /** Its extension is that of the language; `.ts` where it does not matter. */
  readonly ending?: ".ts" | ".tsx" | ".js" | ".cjs" | ".mjs" | ".jsx";
  readonly before: string;
  /** Absent where nothing changes. */
  readonly after?: string;
  /** Whether `run()` is called before and after, with equal outcomes. */
  readonly runs?: true;
  /** Why it is not to be compiled afterwards. */
  readonly isLoose?: "it is left as it was" | "it uses what is not installed";
}

const run = `
export async function run() {
  const { Trail } = await cloudtrail.getTrail({ Name: "audit" }).promise();
  const missing = await cloudtrail.getTrail({ Name: "nowhere" }).promise().catch((err: { code: string }) => err.code);
  return [Trail?.TrailARN, Trail?.IsMultiRegionTrail, missing];
}
`;

const runJs = `
exports.run = async () => {
  const { Trail } = await cloudtrail.getTrail({ Name: "audit" }).promise();
  const missing = await cloudtrail.getTrail({ Name: "nowhere" }).promise().catch((err) => err.code);
  return [Trail.TrailARN, missing];
};
`;

const leftAlone = (reason: string, section: string): string =>
  `// clientsmith: left unchanged: ${reason}. See "${section}" in docs/migrating.md\n`;

export const wholeCases: readonly Case[] = [
  {
    name: "default import",
    runs: true,
    before: `import AWS from "aws-sdk";\n\nconst cloudtrail = new AWS.CloudTrail({ endpoint: process.env["ENDPOINT"]! });\n${run}`,
    after: `import * as AWS from "@clientsmith/cloudtrail/classic";\n\nconst cloudtrail = new AWS.CloudTrail({ endpoint: process.env["ENDPOINT"]! });\n${run}`,
  },
  {
    name: "namespace import with shared configuration, types and comments in odd places",
    runs: true,
    before: `/* licence */
import /* the SDK */ * as AWS from 'aws-sdk' // trailing

AWS.config.update({ region: "us-east-1", endpoint: process.env["ENDPOINT"]! } /* global */)
AWS.config.apiVersions = { cloudtrail: "2013-11-01" };
const cloudtrail: AWS.CloudTrail = new /* here */ AWS.CloudTrail()
const params: AWS.CloudTrail.GetTrailRequest = { Name: "audit" };
const other: AWS.CloudTrail.Types.GetTrailRequest = { Name: "nowhere" };

export const run = () =>
  new Promise((resolve) => {
    cloudtrail.getTrail(params, (err: AWS.AWSError, data: AWS.CloudTrail.GetTrailResponse) => {
      cloudtrail.getTrail(other, (second: AWS.AWSError) => resolve([err, data.Trail?.TrailARN, second.code, second.statusCode]));
    });
  });
`,
    after: `/* licence */
import /* the SDK */ * as AWS from '@clientsmith/cloudtrail/classic' // trailing

AWS.config.update({ region: "us-east-1", endpoint: process.env["ENDPOINT"]! } /* global */)
AWS.config.apiVersions = { cloudtrail: "2013-11-01" };
const cloudtrail: AWS.CloudTrail = new /* here */ AWS.CloudTrail()
const params: AWS.CloudTrail.GetTrailRequest = { Name: "audit" };
const other: AWS.CloudTrail.Types.GetTrailRequest = { Name: "nowhere" };

export const run = () =>
  new Promise((resolve) => {
    cloudtrail.getTrail(params, (err: AWS.AWSError, data: AWS.CloudTrail.GetTrailResponse) => {
      cloudtrail.getTrail(other, (second: AWS.AWSError) => resolve([err, data.Trail?.TrailARN, second.code, second.statusCode]));
    });
  });
`,
  },
  {
    name: "named import",
    runs: true,
    before: `import { CloudTrail, type AWSError, config as settings } from "aws-sdk";

settings.update({ endpoint: process.env["ENDPOINT"]! });
const cloudtrail = new CloudTrail();
export const codeOf = (err: AWSError): string => err.code;
${run}`,
    after: `import { CloudTrail, type AWSError, config as settings } from "@clientsmith/cloudtrail/classic";

settings.update({ endpoint: process.env["ENDPOINT"]! });
const cloudtrail = new CloudTrail();
export const codeOf = (err: AWSError): string => err.code;
${run}`,
  },
  {
    name: "the client's module, imported by a name of one's own",
    runs: true,
    before: `import Audit from "aws-sdk/clients/cloudtrail";\nconst cloudtrail = new Audit({ endpoint: process.env["ENDPOINT"]! });\n${run}`,
    after: `import { CloudTrail as Audit } from "@clientsmith/cloudtrail/classic";\nconst cloudtrail = new Audit({ endpoint: process.env["ENDPOINT"]! });\n${run}`,
  },
  {
    name: "the client's module beside the core",
    before: `import * as AWS from "aws-sdk/global";
import CloudTrail from "aws-sdk/clients/cloudtrail";
import { type GetTrailRequest } from "aws-sdk/clients/cloudtrail";
import type { PromiseResult } from "aws-sdk/lib/request";

AWS.config.update({ region: "us-east-1" });
export const get = (params: GetTrailRequest): Promise<PromiseResult<CloudTrail.GetTrailResponse, AWS.AWSError>> =>
  new CloudTrail().getTrail(params).promise();
`,
    after: `import * as AWS from "@clientsmith/cloudtrail/classic";
import { CloudTrail } from "@clientsmith/cloudtrail/classic";
import { type GetTrailRequest } from "@clientsmith/cloudtrail";
import type { PromiseResult } from "@clientsmith/cloudtrail/classic";

AWS.config.update({ region: "us-east-1" });
export const get = (params: GetTrailRequest): Promise<PromiseResult<CloudTrail.GetTrailResponse, AWS.AWSError>> =>
  new CloudTrail().getTrail(params).promise();
`,
  },
  {
    name: "CommonJS",
    ending: ".cjs",
    runs: true,
    before: `#!/usr/bin/env node
'use strict';
const AWS = require('aws-sdk');
AWS.config.update({ endpoint: process.env.ENDPOINT });
const cloudtrail = new AWS.CloudTrail({ apiVersion: '2013-11-01' });
${runJs}`,
    after: `#!/usr/bin/env node
'use strict';
const AWS = require('@clientsmith/cloudtrail/classic');
AWS.config.update({ endpoint: process.env.ENDPOINT });
const cloudtrail = new AWS.CloudTrail({ apiVersion: '2013-11-01' });
${runJs}`,
  },
  {
    name: "CommonJS, the client's module, several declarations in a statement",
    ending: ".cjs",
    runs: true,
    before: `var fs = require('fs'), CloudTrail = require('aws-sdk/clients/cloudtrail'), Trail = require("aws-sdk/clients/cloudtrail.js");
exports.fs = fs;
var cloudtrail = new CloudTrail({ endpoint: process.env.ENDPOINT });
exports.same = Trail === CloudTrail;
${runJs}`,
    after: `var fs = require('fs'), { CloudTrail } = require('@clientsmith/cloudtrail/classic'), { CloudTrail: Trail } = require("@clientsmith/cloudtrail/classic");
exports.fs = fs;
var cloudtrail = new CloudTrail({ endpoint: process.env.ENDPOINT });
exports.same = Trail === CloudTrail;
${runJs}`,
  },
  {
    name: "CommonJS, taken apart and in place",
    ending: ".cjs",
    runs: true,
    before: `const { CloudTrail: Trail, config } = require("aws-sdk");
config.update({ endpoint: process.env.ENDPOINT });
const cloudtrail = new (require("aws-sdk").CloudTrail)();
exports.trail = new (require("aws-sdk/clients/cloudtrail"))() instanceof Trail;
${runJs}`,
    after: `const { CloudTrail: Trail, config } = require("@clientsmith/cloudtrail/classic");
config.update({ endpoint: process.env.ENDPOINT });
const cloudtrail = new (require("@clientsmith/cloudtrail/classic").CloudTrail)();
exports.trail = new (require("@clientsmith/cloudtrail/classic").CloudTrail)() instanceof Trail;
${runJs}`,
  },
  {
    name: "destructured, subclassed, aliased",
    runs: true,
    before: `import AWS from "aws-sdk";
const { CloudTrail } = AWS;
const Again = AWS["CloudTrail"];
class Audit extends AWS.CloudTrail {
  readonly purpose = "audit";
}
export const both = new Again() instanceof CloudTrail;
const cloudtrail = new Audit({ endpoint: process.env["ENDPOINT"]! });
${run}`,
    after: `import * as AWS from "@clientsmith/cloudtrail/classic";
const { CloudTrail } = AWS;
const Again = AWS["CloudTrail"];
class Audit extends AWS.CloudTrail {
  readonly purpose = "audit";
}
export const both = new Again() instanceof CloudTrail;
const cloudtrail = new Audit({ endpoint: process.env["ENDPOINT"]! });
${run}`,
  },
  {
    name: "import = require",
    ending: ".ts",
    isLoose: "it uses what is not installed",
    before: `import AWS = require("aws-sdk");\nexport const c = new AWS.CloudTrail();\n`,
    after: `import AWS = require("@clientsmith/cloudtrail/classic");\nexport const c = new AWS.CloudTrail();\n`,
  },
  {
    name: "the client's module as a namespace, and for its effect",
    before: `import "aws-sdk/clients/cloudtrail";\nimport * as CloudTrail from "aws-sdk/clients/cloudtrail";\nexport type Out = CloudTrail.GetTrailResponse;\n`,
    after: `import "@clientsmith/cloudtrail/classic";\nimport { CloudTrail } from "@clientsmith/cloudtrail/classic";\nexport type Out = CloudTrail.GetTrailResponse;\n`,
  },
  {
    name: "types alone",
    before: `import type { CloudTrail } from "aws-sdk";\nexport type Trails = CloudTrail.Trail[];\nexport type Out = import("aws-sdk").CloudTrail.GetTrailResponse;\n`,
    after: `import type { CloudTrail } from "@clientsmith/cloudtrail/classic";\nexport type Trails = CloudTrail.Trail[];\nexport type Out = import("@clientsmith/cloudtrail/classic").CloudTrail.GetTrailResponse;\n`,
  },
  {
    name: "a type of the default import",
    before: `import type AWS from "aws-sdk";\nexport type Out = AWS.CloudTrail.GetTrailResponse;\n`,
    after: `import type * as AWS from "@clientsmith/cloudtrail/classic";\nexport type Out = AWS.CloudTrail.GetTrailResponse;\n`,
  },
  {
    name: "TSX, with text that looks like code",
    ending: ".tsx",
    isLoose: "it uses what is not installed",
    before: `import AWS from "aws-sdk";\nconst c = new AWS.CloudTrail();\nexport const View = () => <p title="new AWS.S3()">new AWS.S3() {c.apiVersions.length}</p>;\n`,
    after: `import * as AWS from "@clientsmith/cloudtrail/classic";\nconst c = new AWS.CloudTrail();\nexport const View = () => <p title="new AWS.S3()">new AWS.S3() {c.apiVersions.length}</p>;\n`,
  },
  {
    name: "JSX in JavaScript",
    ending: ".jsx",
    isLoose: "it uses what is not installed",
    before: `import { CloudTrail } from 'aws-sdk'\nexport const View = () => <List of={new CloudTrail()} />\n`,
    after: `import { CloudTrail } from '@clientsmith/cloudtrail/classic'\nexport const View = () => <List of={new CloudTrail()} />\n`,
  },
  {
    name: "template strings",
    before: `import AWS from "aws-sdk";\nexport const text = \`\${new AWS.CloudTrail().apiVersions} new AWS.CloudTrail() from "aws-sdk"\`;\n`,
    after: `import * as AWS from "@clientsmith/cloudtrail/classic";\nexport const text = \`\${new AWS.CloudTrail().apiVersions} new AWS.CloudTrail() from "aws-sdk"\`;\n`,
  },
  {
    name: "names that are hidden by others",
    before: `import AWS from "aws-sdk";
export const trail = new AWS.CloudTrail();
export function other(AWS: { S3: new () => object; config: string }): object {
  return [new AWS.S3(), AWS.config];
}
export const own = { AWS: { S3: 1 } }.AWS.S3;
`,
    after: `import * as AWS from "@clientsmith/cloudtrail/classic";
export const trail = new AWS.CloudTrail();
export function other(AWS: { S3: new () => object; config: string }): object {
  return [new AWS.S3(), AWS.config];
}
export const own = { AWS: { S3: 1 } }.AWS.S3;
`,
  },
  {
    name: "exported again by name",
    before: `export { CloudTrail as Trail, config } from "aws-sdk";\n`,
    after: `export { CloudTrail as Trail, config } from "@clientsmith/cloudtrail/classic";\n`,
  },
  {
    name: "CRLF",
    before: `import AWS from "aws-sdk";\r\nexport const c = new AWS.CloudTrail();\r\n`,
    after: `import * as AWS from "@clientsmith/cloudtrail/classic";\r\nexport const c = new AWS.CloudTrail();\r\n`,
  },
  {
    name: "a byte order mark",
    before: `\uFEFFimport AWS from "aws-sdk";\nexport const c = new AWS.CloudTrail();\n`,
    after: `\uFEFFimport * as AWS from "@clientsmith/cloudtrail/classic";\nexport const c = new AWS.CloudTrail();\n`,
  },
];

export const mixedCases: readonly Case[] = [
  {
    name: "another service stays",
    runs: true,
    before: `import AWS from "aws-sdk"; // both

const s3 = new AWS.S3({ region: "us-east-1" });
const cloudtrail = new AWS.CloudTrail({ endpoint: process.env["ENDPOINT"]! });
export const buckets = (err: AWS.AWSError): unknown => [s3.config.region, err.code];
${run}`,
    after: `import AWS from "aws-sdk"; // both
import { CloudTrail, type AWSError } from "@clientsmith/cloudtrail/classic";

const s3 = new AWS.S3({ region: "us-east-1" });
const cloudtrail = new CloudTrail({ endpoint: process.env["ENDPOINT"]! });
export const buckets = (err: AWSError): unknown => [s3.config.region, err.code];
${run}`,
  },
  {
    name: "another service stays, and both are configured",
    runs: true,
    before: `import * as AWS from "aws-sdk";

AWS.config.update({ region: "us-east-1" });
AWS.config.credentials = new AWS.Credentials(process.env["AWS_ACCESS_KEY_ID"]!, process.env["AWS_SECRET_ACCESS_KEY"]!);
export const s3 = new AWS.S3();
const cloudtrail = new AWS.CloudTrail({ endpoint: process.env["ENDPOINT"]! });
${run}`,
    after: `import * as AWS from "aws-sdk";
import { CloudTrail, config } from "@clientsmith/cloudtrail/classic";

AWS.config.update({ region: "us-east-1" });
config.update({ region: "us-east-1" });
AWS.config.credentials = new AWS.Credentials(process.env["AWS_ACCESS_KEY_ID"]!, process.env["AWS_SECRET_ACCESS_KEY"]!);
config.credentials = new AWS.Credentials(process.env["AWS_ACCESS_KEY_ID"]!, process.env["AWS_SECRET_ACCESS_KEY"]!);
export const s3 = new AWS.S3();
const cloudtrail = new CloudTrail({ endpoint: process.env["ENDPOINT"]! });
${run}`,
  },
  {
    name: "named imports of several",
    before: `import { S3, CloudTrail, SNS } from "aws-sdk";\nimport { SQS, CloudTrail as Trail } from "aws-sdk"\nexport const all = [new S3(), new CloudTrail(), new SNS(), new SQS(), new Trail()];\n`,
    after: `import { S3, SNS } from "aws-sdk";\nimport { CloudTrail } from "@clientsmith/cloudtrail/classic";\nimport { SQS } from "aws-sdk"\nimport { CloudTrail as Trail } from "@clientsmith/cloudtrail/classic"\nexport const all = [new S3(), new CloudTrail(), new SNS(), new SQS(), new Trail()];\n`,
  },
  {
    name: "CommonJS of several, in a function, where the name is taken",
    ending: ".cjs",
    before: `const CloudTrail = "taken";
exports.make = () => {
  const AWS = require("aws-sdk"), name = CloudTrail;
  return [name, new AWS.S3(), new AWS.CloudTrail()];
};
`,
    after: `const CloudTrail = "taken";
exports.make = () => {
  const AWS = require("aws-sdk"), name = CloudTrail;
  const { CloudTrail: CloudTrailClassic } = require("@clientsmith/cloudtrail/classic");
  return [name, new AWS.S3(), new CloudTrailClassic()];
};
`,
  },
  {
    name: "CommonJS of several, in a clause of a switch",
    ending: ".cjs",
    before: `switch (process.argv[2]) {\n  case "x":\n    const AWS = require("aws-sdk")\n    exports.all = [new AWS.S3(), new AWS.CloudTrail()]\n}\n`,
    after: `switch (process.argv[2]) {\n  case "x":\n    const AWS = require("aws-sdk")\n    const { CloudTrail } = require("@clientsmith/cloudtrail/classic")\n    exports.all = [new AWS.S3(), new CloudTrail()]\n}\n`,
  },
  {
    name: "the clients' modules",
    before: `import S3 from "aws-sdk/clients/s3.js";\nimport CloudTrail from "aws-sdk/clients/cloudtrail";\nexport const all = [new S3(), new CloudTrail()];\n`,
    after: `import S3 from "aws-sdk/clients/s3.js";\nimport { CloudTrail } from "@clientsmith/cloudtrail/classic";\nexport const all = [new S3(), new CloudTrail()];\n`,
  },
  {
    name: "other services, not touched",
    before: `import AWS from "aws-sdk";\nAWS.config.update({ region: "us-east-1" });\nexport const s3 = new AWS.S3();\nexport { AWS };\n`,
  },
  { name: "nothing of aws-sdk", before: `export const url = "https://github.com/aws/aws-sdk-js";\n` },
  {
    name: "AWS of one's own",
    before: `const AWS = { CloudTrail: class {} };\nexport const c = new AWS.CloudTrail(); // not aws-sdk\n`,
  },
];

export const leftCases: readonly Case[] = [
  {
    name: "a module and parts of it at once",
    before: `import AWS, { CloudTrail } from "aws-sdk";\nexport const all = [AWS, CloudTrail];\n`,
    after: `${leftAlone("it imports a module and parts of it at once", "A namespace that is passed on")}import AWS, { CloudTrail } from "aws-sdk";\nexport const all = [AWS, CloudTrail];\n`,
  },
  {
    name: "a variable that is set later, in the branch of a condition",
    ending: ".js",
    before: `let AWS;\nif (process.env.X) AWS = require("aws-sdk");\nelse AWS = {};\n`,
    after: `let AWS;\n${leftAlone("aws-sdk is passed on as a whole", "A namespace that is passed on")}if (process.env.X) AWS = require("aws-sdk");\nelse AWS = {};\n`,
  },
  {
    name: "a credential class that is not there, for a service that moves",
    before: `import AWS from "aws-sdk";\nAWS.config.credentials = new AWS.EC2MetadataCredentials();\nexport const c = new AWS.CloudTrail();\n`,
    after: `import AWS from "aws-sdk";\n${leftAlone("it concerns migrated services and others", "The shared configuration")}AWS.config.credentials = new AWS.EC2MetadataCredentials();\nexport const c = new AWS.CloudTrail();\n`,
  },
  {
    name: "a service that is known at run time only",
    before: `import AWS from "aws-sdk";\nexport const of = (name: "CloudTrail") => {\n  const make = new AWS[name]();\n  return [make, new AWS.CloudTrail()];\n};\n`,
    after: `import AWS from "aws-sdk";\nexport const of = (name: "CloudTrail") => {\n  ${leftAlone("the service is only known at run time", "A namespace that is passed on")}  const make = new AWS[name]();\n  return [make, new AWS.CloudTrail()];\n};\n`,
  },
  {
    name: "a namespace that is passed on",
    before: `import AWS from "aws-sdk";\ndeclare function trace<T>(sdk: T): T;\nexport const sdk = trace(AWS);\nexport const c = new AWS.CloudTrail();\n`,
    after: `import AWS from "aws-sdk";\ndeclare function trace<T>(sdk: T): T;\n${leftAlone("AWS is passed on as a whole", "A namespace that is passed on")}export const sdk = trace(AWS);\nexport const c = new AWS.CloudTrail();\n`,
  },
  {
    name: "what require gives, passed on",
    ending: ".cjs",
    before: `const AWS = trace(require("aws-sdk"));\nnew AWS.CloudTrail();\n`,
    after: `${leftAlone("aws-sdk is passed on as a whole", "A namespace that is passed on")}const AWS = trace(require("aws-sdk"));\nnew AWS.CloudTrail();\n`,
  },
  {
    name: "a member that is replaced",
    ending: ".js",
    before: `const AWS = require("aws-sdk");\nAWS.CloudTrail = class extends AWS.CloudTrail {};\n`,
    after: `const AWS = require("aws-sdk");\n${leftAlone("AWS.CloudTrail is replaced", "A namespace that is passed on")}AWS.CloudTrail = class extends AWS.CloudTrail {};\n`,
  },
  {
    name: "exported again as a whole",
    before: `export * from "aws-sdk";\n`,
    after: `${leftAlone("aws-sdk is exported again as a whole", "Re-exports and mocks")}export * from "aws-sdk";\n`,
  },
  {
    name: "a namespace that is exported",
    before: `import AWS from "aws-sdk";\nexport default AWS;\n`,
    after: `import AWS from "aws-sdk";\n${leftAlone("AWS is passed on as a whole", "Re-exports and mocks")}export default AWS;\n`,
  },
  {
    name: "a mock",
    before: `import AWS from "aws-sdk";\ndeclare const jest: { mock(name: string): void };\njest.mock("aws-sdk");\nexport const c = new AWS.CloudTrail();\n`,
    after: `import AWS from "aws-sdk";\ndeclare const jest: { mock(name: string): void };\n${leftAlone("aws-sdk is replaced in a test", "Re-exports and mocks")}jest.mock("aws-sdk");\nexport const c = new AWS.CloudTrail();\n`,
  },
  {
    name: "imported at run time",
    before: `export const load = async () => {\n  const { CloudTrail } = await import("aws-sdk");\n  return CloudTrail;\n};\n`,
    after: `export const load = async () => {\n  ${leftAlone("aws-sdk is imported at run time", "A namespace that is passed on")}  const { CloudTrail } = await import("aws-sdk");\n  return CloudTrail;\n};\n`,
  },
  {
    name: "configuration alone",
    before: `import AWS from "aws-sdk";\n/** Region of all. */\nAWS.config.update({ region: "us-east-1" });\n`,
    after: `import AWS from "aws-sdk";\n/** Region of all. */\n${leftAlone("it does not configure migrated service objects", "The shared configuration")}AWS.config.update({ region: "us-east-1" });\n`,
  },
  {
    name: "configuration of both with an effect of its own",
    before: `import AWS from "aws-sdk";\ndeclare function next(): string;\nAWS.config.update({ region: next() });\nexport const all = [new AWS.S3(), new AWS.CloudTrail()];\n`,
    after: `import AWS from "aws-sdk";\ndeclare function next(): string;\n${leftAlone("it concerns migrated services and others", "The shared configuration")}AWS.config.update({ region: next() });\nexport const all = [new AWS.S3(), new AWS.CloudTrail()];\n`,
  },
  {
    name: "a method that the package has not",
    before: `import AWS from "aws-sdk";\nconst c = new AWS.CloudTrail();\nexport const f = () => c.createEventDataStore({ Name: "x" });\n`,
    after: `import AWS from "aws-sdk";\nconst c = new AWS.CloudTrail();\n${leftAlone("@clientsmith/cloudtrail has no createEventDataStore", "What is not there")}export const f = () => c.createEventDataStore({ Name: "x" });\n`,
  },
  {
    name: "a type that the package has not",
    before: `import { CloudTrail } from "aws-sdk";\nexport type Names = CloudTrail.TrailNameList | CloudTrail.Types.ClientConfiguration;\n`,
    after: `import { CloudTrail } from "aws-sdk";\n${leftAlone("@clientsmith/cloudtrail has no type TrailNameList", "Types")}${leftAlone("@clientsmith/cloudtrail has no type ClientConfiguration", "Types")}export type Names = CloudTrail.TrailNameList | CloudTrail.Types.ClientConfiguration;\n`,
  },
  {
    name: "a class within the class",
    before: `import { CloudTrail } from "aws-sdk";\nexport const C = (CloudTrail as never as { Converter: unknown }) && (CloudTrail.Converter as unknown);\n`,
    after: `import { CloudTrail } from "aws-sdk";\n${leftAlone("@clientsmith/cloudtrail has no CloudTrail.Converter", "What is not there")}export const C = (CloudTrail as never as { Converter: unknown }) && (CloudTrail.Converter as unknown);\n`,
    isLoose: "it is left as it was",
  },
  {
    name: "a promise library",
    before: `import AWS from "aws-sdk";\nAWS.config.setPromisesDependency(Promise);\nexport const c = new AWS.CloudTrail();\n`,
    after: `import AWS from "aws-sdk";\n${leftAlone("there is no AWS.config.setPromisesDependency", "What is not there")}AWS.config.setPromisesDependency(Promise);\nexport const c = new AWS.CloudTrail();\n`,
  },
  {
    name: "several statements on a line",
    ending: ".mjs",
    before: `import AWS from "aws-sdk"; export const f = (n) => { return [new AWS[n](), new AWS.CloudTrail()]; };\n`,
    after: `import AWS from "aws-sdk"; /* clientsmith: left unchanged: the service is only known at run time. See "A namespace that is passed on" in docs/migrating.md */ export const f = (n) => { return [new AWS[n](), new AWS.CloudTrail()]; };\n`,
  },
  {
    name: "inside a template string",
    ending: ".mjs",
    before: `import AWS from "aws-sdk";\nexport const f = (n) => \`\n\${(() => {\nreturn new AWS[n]();\n})()}\n\`;\nexport const c = new AWS.CloudTrail();\n`,
    after: `import AWS from "aws-sdk";\nexport const f = (n) => \`\n\${(() => {\n${leftAlone("the service is only known at run time", "A namespace that is passed on")}return new AWS[n]();\n})()}\n\`;\nexport const c = new AWS.CloudTrail();\n`,
  },
  {
    name: "CRLF",
    ending: ".mjs",
    before: `import AWS from "aws-sdk";\r\nexport const c = new AWS.CloudTrail();\r\nexport default AWS;\r\n`,
    after: `import AWS from "aws-sdk";\r\nexport const c = new AWS.CloudTrail();\r\n${leftAlone("AWS is passed on as a whole", "Re-exports and mocks").replace("\n", "\r\n")}export default AWS;\r\n`,
  },
];

const options = `region: "us-east-1", endpoint: process.env["ENDPOINT"]!`;

/** With `--to functions`. */
export const functionCases: readonly Case[] = [
  {
    name: "from aws-sdk at one go",
    runs: true,
    before: `import AWS from "aws-sdk";

// One for all.
const cloudtrail = new AWS.CloudTrail({ apiVersion: "2013-11-01", ${options}, maxRetries: 4 });

export async function run() {
  const { Trail } = await cloudtrail.getTrail({ Name: "audit" /* ours */ }).promise();
  const [all, tags] = await Promise.all([
    cloudtrail
      .listTrails()
      .promise(),
    cloudtrail.listTags({ ResourceIdList: [Trail?.TrailARN ?? ""] }).promise(),
  ]);
  try {
    await cloudtrail.getTrail({ Name: "nowhere" }).promise();
  } catch (error) {
    return [Trail, all.Trails?.length, tags.ResourceTagList, (error as Error).name];
  }
  return [];
}
`,
    after: `import { CloudTrailClient, getTrail, listTrails, listTags } from "@clientsmith/cloudtrail";

// One for all.
const cloudtrail = new CloudTrailClient({ ${options}, maxAttempts: 5 });

export async function run() {
  const { Trail } = await getTrail(cloudtrail, { Name: "audit" /* ours */ });
  const [all, tags] = await Promise.all([
    listTrails(cloudtrail, {}),
    listTags(cloudtrail, { ResourceIdList: [Trail?.TrailARN ?? ""] }),
  ]);
  try {
    await getTrail(cloudtrail, { Name: "nowhere" });
  } catch (error) {
    return [Trail, all.Trails?.length, tags.ResourceTagList, (error as Error).name];
  }
  return [];
}
`,
  },
  {
    name: "CommonJS, keys among the options, a name that is taken",
    ending: ".cjs",
    runs: true,
    before: `const { CloudTrail } = require('@clientsmith/cloudtrail/classic');
const key = process.env.AWS_ACCESS_KEY_ID;
const client = new CloudTrail({ accessKeyId: key, secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY, region: 'us-east-1', endpoint: process.env.ENDPOINT });
async function getTrail(Name) {
  return client.getTrail({ Name }).promise();
}
exports.run = async () => (await getTrail('audit')).Trail.TrailARN;
`,
    after: `const { CloudTrailClient, getTrail: callGetTrail } = require('@clientsmith/cloudtrail');
const key = process.env.AWS_ACCESS_KEY_ID;
const client = new CloudTrailClient({ credentials: { accessKeyId: key, secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY }, region: 'us-east-1', endpoint: process.env.ENDPOINT });
async function getTrail(Name) {
  return callGetTrail(client, { Name });
}
exports.run = async () => (await getTrail('audit')).Trail.TrailARN;
`,
  },
  {
    name: "promises of others, and one that is not waited for",
    before: `import { CloudTrail } from "@clientsmith/cloudtrail/classic";
const client = new CloudTrail({ region: "us-east-1" });
export function f(client: { getTrail(params: object): { promise(): Promise<object> } }) {
  return client.getTrail({ Name: "a" }).promise();
}
export const pending = client.getTrail({ Name: "a" }).promise();
export const text = \`\${await client.listTrails().promise()} client.getTrail().promise()\`;
`,
    after: `import { CloudTrailClient, getTrail, listTrails } from "@clientsmith/cloudtrail";
const client = new CloudTrailClient({ region: "us-east-1" });
export function f(client: { getTrail(params: object): { promise(): Promise<object> } }) {
  return client.getTrail({ Name: "a" }).promise();
}
export const pending = getTrail(client, { Name: "a" });
export const text = \`\${await listTrails(client, {})} client.getTrail().promise()\`;
`,
  },
  {
    name: "types stay with the service object",
    before: `import * as AWS from "@clientsmith/cloudtrail/classic";
const client = new AWS.CloudTrail({ region: "us-east-1" });
export const get = (params: AWS.CloudTrail.GetTrailRequest) => client.getTrail(params).promise();
`,
    after: `import * as AWS from "@clientsmith/cloudtrail/classic";
import { CloudTrailClient, getTrail } from "@clientsmith/cloudtrail";
const client = new CloudTrailClient({ region: "us-east-1" });
export const get = (params: AWS.CloudTrail.GetTrailRequest) => getTrail(client, params);
`,
  },
  ...(
    [
      ["a callback", `client.getTrail({ Name: "a" }, () => {});`, "its request is used for more than a promise"],
      [
        "a request",
        `const request = client.getTrail({ Name: "a" });\nrequest.abort();`,
        "its request is used for more than a promise",
      ],
      [
        "a promise that is gone on with",
        `client.getTrail({ Name: "a" }).promise().catch((e: { code: string }) => e.code);`,
        "its promise is used with then or catch",
      ],
      ["the object itself", `console.log(client);`, "client is used as a service object"],
      ["what is no operation", `client.makeRequest("getTrail").send();`, "client.makeRequest has no function"],
      ["a comment inside", `await client.getTrail({ Name: "a" }) /* now */.promise();`, "there is a comment inside it"],
    ] as const
  ).map(([name, use, reason]) => ({
    name,
    before: `import { CloudTrail } from "@clientsmith/cloudtrail/classic";\nconst client = new CloudTrail({ region: "us-east-1" });\n${use}\n`,
    after: `import { CloudTrail } from "@clientsmith/cloudtrail/classic";\nconst client = new CloudTrail({ region: "us-east-1" });\n${leftAlone(reason, "From the service object to the functions")}${use}\n`,
  })),
  {
    name: "errors of which the code is read",
    before: `import { type AWSError, CloudTrail } from "@clientsmith/cloudtrail/classic";
const client = new CloudTrail({ region: "us-east-1" });
export async function f() {
  try {
    return await client.listTrails({}).promise();
  } catch (error) {
    return (error as AWSError).code;
  }
}
`,
    after: `import { type AWSError, CloudTrail } from "@clientsmith/cloudtrail/classic";
const client = new CloudTrail({ region: "us-east-1" });
export async function f() {
  try {
    return await client.listTrails({}).promise();
  } catch (error) {
    ${leftAlone("errors of functions have other members than (error as AWSError).code", "From the service object to the functions")}    return (error as AWSError).code;
  }
}
`,
  },
  ...(
    [
      [
        "an option of another meaning",
        `export const f = new CloudTrail({ region: "us-east-1" });\nconst c = new CloudTrail({ region: "x", httpOptions: { timeout: 1 } });\nawait c.listTrails().promise();`,
        [`f is exported`, `it is unknown whether a client has the option httpOptions`],
      ],
      [
        "no region, and a variable",
        `const c = new CloudTrail();\nlet d = new CloudTrail({ region: "x" });\nawait c.listTrails().promise();\nawait d.listTrails().promise();`,
        [
          "its region is not set here and may come from the shared configuration",
          "the service object is not a constant of this file",
        ],
      ],
    ] as const
  ).map(([name, use, [one, two]]) => {
    const [first = "", second = "", ...rest] = use.split("\n");
    const comment = (reason: string): string => leftAlone(reason, "From the service object to the functions");
    const head = `import { CloudTrail } from "@clientsmith/cloudtrail/classic";\n`;
    return {
      name,
      before: `${head}${use}\n`,
      after: `${head}${comment(one)}${first}\n${comment(two)}${second}\n${rest.join("\n")}\n`,
    };
  }),
  {
    name: "the shared configuration and responses",
    before: `import * as AWS from "@clientsmith/cloudtrail/classic";
AWS.config.update({ region: "us-east-1" });
const client = new AWS.CloudTrail({ region: "us-east-1" });
export const id = (await client.listTrails().promise()).$response.requestId;
`,
    after: `import * as AWS from "@clientsmith/cloudtrail/classic";
${leftAlone("a client does not read config", "From the service object to the functions")}AWS.config.update({ region: "us-east-1" });
const client = new AWS.CloudTrail({ region: "us-east-1" });
${leftAlone("outputs of functions have no $response", "From the service object to the functions")}export const id = (await client.listTrails().promise()).$response.requestId;
`,
  },
];
