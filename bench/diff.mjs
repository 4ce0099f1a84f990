// Comparing two revisions of the largest public model, and a program of 50 files with the client that it would break.
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cache, clientsmith, root } from "./support/generate.mjs";
import { sharedModel } from "./support/models.mjs";
import { round } from "./support/numbers.mjs";

/** @import { Bench, Goal, Row } from "./support/types.d.ts" */
/** @import { Usage } from "./support/generate.mjs" */

/** @type {Bench} */
export const bench = {
  title: "clientsmith diff, whole process",
  async run() {
    const folder = join(cache, "diff");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    /** @type {Row[]} */
    const rows = [];
    /** @type {Goal[]} */
    const goals = [];
    const add = (
      /** @type {string} */ what,
      /** @type {Usage} */ { seconds, cpu, rss },
      /** @type {number} */ limit,
    ) => {
      rows.push({ what, seconds: round(seconds, 1), "CPU s": round(cpu / 1000, 1), "MB at most": round(rss) });
      goals.push({ what: `${what}: seconds`, value: round(seconds, 1), limit });
      return rss;
    };
    const sagemaker = sharedModel("sagemaker-2017-07-24.json");
    if (sagemaker) {
      const now = without(sagemaker, "CreateModelInput", "Tags", join(folder, "sagemaker.json"));
      const rss = add("two revisions of SageMaker", clientsmith(["diff", sagemaker, now]), 3);
      goals.push({ what: "two revisions of SageMaker: MB", value: round(rss), limit: 600 });
    }
    const model = join(root, "model/cloudtrail.json");
    const now = without(model, "Trail", "SnsTopicName", join(folder, "cloudtrail.json"));
    const argv = ["diff", model, now, "--project", program(folder)];
    // It ends with 1, because lines break.
    add("a program of 50 files of CloudTrail", clientsmith(argv, [1]), 10);
    return { rows, goals };
  },
};

/**
 * A copy of a model without one member.
 *
 * @param {string} file
 * @param {string} shape
 * @param {string} member
 * @param {string} copy
 */
function without(file, shape, member, copy) {
  const model = JSON.parse(readFileSync(file, "utf8"));
  const [id] = Object.keys(model.shapes).filter((name) => name.endsWith(`#${shape}`));
  if (id === undefined) throw new Error(`${file} has no ${shape}`);
  delete model.shapes[id].members[member];
  writeFileSync(copy, JSON.stringify(model, undefined, 2));
  return copy;
}

/** @param {string} folder */
function program(folder) {
  const source = join(folder, "program/src");
  mkdirSync(source, { recursive: true });
  mkdirSync(join(folder, "program/node_modules/@clientsmith"), { recursive: true });
  symlinkSync(join(root, "runtime"), join(folder, "program/node_modules/@clientsmith/runtime"));
  writeFileSync(join(folder, "program/package.json"), JSON.stringify({ type: "module" }));
  const compilerOptions = { strict: true, module: "nodenext", target: "es2022", types: [], skipLibCheck: true };
  const tsconfig = join(folder, "program/tsconfig.json");
  writeFileSync(tsconfig, JSON.stringify({ compilerOptions, include: ["src"] }));
  for (let index = 0; index < 50; index++) {
    writeFileSync(
      join(source, `call${index}.ts`),
      `import { CloudTrailClient, getTrail, paginateLookupEvents } from "@clientsmith/cloudtrail";
const client = new CloudTrailClient({ region: "us-east-1" });
export async function call${index}(): Promise<string | undefined> {
  for await (const event of paginateLookupEvents(client, { MaxResults: ${index + 1} }).items()) void event.EventName;
  const { Trail } = await getTrail(client, { Name: "audit" });
  return Trail?.SnsTopicName;
}
`,
    );
  }
  return tsconfig;
}
