// One program in one file: what a client promises has to hold in it. Prints what happened as JSON.
import { CloudTrailClient } from "@clientsmith/cloudtrail/client";
import { getTrail } from "@clientsmith/cloudtrail/getTrail";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" };
const options = { region: "us-east-1", credentials, endpoint: process.env.SERVICE_ENDPOINT };

/** @param {Promise<unknown>} call */
async function failureOf(call) {
  try {
    await call;
  } catch (error) {
    return {
      name: error.name,
      code: error.code,
      message: error.message,
      phase: error.phase,
      explained: error.explain(),
    };
  }
  return undefined;
}

async function main() {
  const events = [];
  const record = (name) => () => void events.push(name);
  const hooks = { onRequest: record("request"), onRetry: record("retry"), onComplete: record("complete") };
  const client = new CloudTrailClient({ ...options, hooks });
  const plain = new CloudTrailClient(options);
  const results = {
    output: await getTrail(client, { Name: "audit" }),
    retried: (await getTrail(client, { Name: "flaky" })).$metadata.attempts,
    events,
    invalid: await failureOf(getTrail(plain, { Name: 5 })),
    modelled: await failureOf(getTrail(plain, { Name: "missing" })),
    late: await failureOf(getTrail(plain, { Name: "slow" }, { deadline: 100, maxAttempts: 1 })),
    proxy: await failureOf(
      getTrail(new CloudTrailClient({ ...options, proxy: "http://127.0.0.1:9" }), { Name: "audit" }),
    ),
  };
  for (let calls = 0; calls < 600; calls++) await getTrail(plain, { Name: "audit" });
  await Promise.all([client.close(), plain.close()]);
  console.log(JSON.stringify(results));
}

void main();
