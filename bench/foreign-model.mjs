// A large public model: generated, compiled under strict settings, called against a local service.
import assert from "node:assert/strict";
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startLocalService, testCredentials } from "@clientsmith/runtime/testing";
import { compile } from "./support/compile.mjs";
import { cache, generate } from "./support/generate.mjs";
import { sharedModel } from "./support/models.mjs";
import { round } from "./support/numbers.mjs";

/** @import { Bench } from "./support/types.d.ts" */

/** @type {Bench} */
export const bench = {
  title: "Athena: generated, compiled, called",
  async run() {
    const model = sharedModel("athena-2017-05-18.json");
    if (model === undefined) return { rows: [], goals: [] };
    const out = join(cache, "foreign", "athena");
    rmSync(out, { recursive: true, force: true });
    const { seconds } = generate(model, out);
    const compiled = compile(out);
    const { operations, requests } = await call(out);
    const row = {
      model: "athena",
      operations,
      "source kB": round(bytes(join(out, "src")) / 1000),
      "generate s": round(seconds, 2),
      "compile s": round(compiled, 2),
      "requests served": requests,
    };
    return { rows: [row], goals: [] };
  },
};

/**
 * A query from start to result, which includes an error.
 *
 * @param {string} folder
 */
async function call(folder) {
  const athena = await import(pathToFileURL(join(folder, "dist/index.js")).href);
  /** @type {{ AthenaModel: import("@clientsmith/runtime/codegen/v1").ServiceModel }} */
  const { AthenaModel } = await import(pathToFileURL(join(folder, "dist/model.js")).href);
  const rows = [{ Data: [{ VarCharValue: "region" }] }, { Data: [{ VarCharValue: "eu-west-1" }] }];
  /** @type {unknown[]} */
  const tokens = [];
  const service = await startLocalService({
    service: AthenaModel,
    handlers: {
      startQueryExecution: (/** @type {{ ClientRequestToken?: string }} */ input) => {
        tokens.push(input.ClientRequestToken);
        return { QueryExecutionId: "1" };
      },
      getQueryExecution: () => {
        throw new athena.InvalidRequestException({ message: "no such query" });
      },
      getQueryResults: (/** @type {{ NextToken?: string }} */ { NextToken }) => ({
        ResultSet: { Rows: NextToken === undefined ? rows : rows.slice(1) },
        ...(NextToken === undefined && { NextToken: "more" }),
      }),
    },
  });
  const client = new athena.AthenaClient({
    region: "eu-west-1",
    endpoint: service.endpoint,
    credentials: testCredentials,
  });
  const { QueryExecutionId } = await athena.startQueryExecution(client, { QueryString: "SELECT 1" });
  assert.equal(QueryExecutionId, "1");
  assert.match(String(tokens[0]), /^[0-9a-f-]{36}$/);
  await assert.rejects(athena.getQueryExecution(client, { QueryExecutionId }), athena.InvalidRequestException);
  const found = [];
  for await (const page of athena.paginateGetQueryResults(client, { QueryExecutionId })) {
    found.push(...page.ResultSet.Rows);
  }
  assert.deepEqual(found, [...rows, ...rows.slice(1)]);
  await client.close();
  await service.close();
  return { operations: Object.keys(AthenaModel.operations).length, requests: service.requests.length };
}

/** @param {string} folder */
function bytes(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((total, file) => total + statSync(join(file.parentPath, file.name)).size, 0);
}
