// The clients that the calls over all protocols are made with: generated from public models when the bench runs.
import { existsSync, readFileSync, rmSync, writeFileSync, mkdirSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { cache, generate } from "./generate.mjs";
import { sharedModel } from "./models.mjs";

/** Where they are, a folder each. */
export const clients = join(cache, "protocols");

const models = {
  s3: "s3-2006-03-01.json",
  iam: "iam-2010-05-08.json",
  dynamodb: "dynamodb-2012-08-10.json",
  sqs: "sqs-2012-11-05.json",
  lambda: "lambda-2015-03-31.json",
  "cloudwatch-query": "cloudwatch-2010-08-01.json",
  "cloudwatch-cbor": "cloudwatch-2010-08-01.json",
};

/** Those of the bench of event streams. */
const streaming = { lambda: models.lambda, transcribe: "transcribe-streaming-2017-10-26.json" };

/** Generates and transpiles them; false (and one line that says so) where a model is not there. */
export async function makeStreamingClients() {
  mkdirSync(clients, { recursive: true });
  for (const [name, file] of Object.entries(streaming)) {
    const model = sharedModel(file);
    if (model === undefined) return false;
    await make(name, model, []);
  }
  return true;
}

/** Generates and transpiles all of them; false (and one line that says so) where the models are not there. */
export async function makeClients() {
  mkdirSync(clients, { recursive: true });
  for (const [name, file] of Object.entries(models)) {
    const model = sharedModel(file);
    if (model === undefined) return false;
    const options = name === "cloudwatch-cbor" ? ["--overlay", overlayFor(model)] : [];
    await make(name, model, options);
  }
  const apis = join(dirname(createRequire(import.meta.url).resolve("aws-sdk/package.json")), "apis");
  await make("ec2", join(apis, "ec2-2016-11-15.min.json"), []);
  return true;
}

/** The model does not name the protocol that the service has learnt since. @param {string} model */
function overlayFor(model) {
  /** @type {{ shapes: Record<string, { type: string }> }} */
  const { shapes } = JSON.parse(readFileSync(model, "utf8"));
  const shape = Object.keys(shapes).find((id) => shapes[id]?.type === "service");
  const file = join(clients, "rpcv2Cbor.json");
  const reason = "The service speaks RPC v2 CBOR, which its public model does not say.";
  writeFileSync(file, JSON.stringify({ reason, apply: [{ shape, traits: { "smithy.protocols#rpcv2Cbor": {} } }] }));
  return file;
}

/**
 * @param {string} name
 * @param {string} model
 * @param {readonly string[]} options
 */
async function make(name, model, options) {
  const out = join(clients, name);
  // Clients of an earlier run are reused while single calls are optimized.
  if (process.env["CLIENTSMITH_SCENARIOS"] && existsSync(join(out, "dist"))) return;
  rmSync(out, { recursive: true, force: true });
  generate([model, ...options], out);
  const source = join(out, "src");
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  await build({
    entryPoints: files.map((file) => join(source, file)),
    outdir: join(out, "dist"),
    outbase: source,
    format: "esm",
    target: "node20",
    logLevel: "warning",
  });
}
