import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const program = `
  import { CloudTrailClient } from "@clientsmith/cloudtrail/client";
  import { getTrail } from "@clientsmith/cloudtrail/getTrail";
  export function call(endpoint, options) {
    const client = new CloudTrailClient({ region: "us-east-1", endpoint, ...options });
    return getTrail(client, { Name: "audit" });
  }`;

/** The program as a bundler for browsers makes it, in one script that leaves its exports in \`program\`. */
export async function bundle(source = program): Promise<string> {
  const entry = "\0program";
  const build = await rolldown({
    input: entry,
    cwd: fileURLToPath(new URL("../../../..", import.meta.url)),
    platform: "browser",
    plugins: [
      {
        name: "program",
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? source : null),
      },
    ],
  });
  const { output } = await build.generate({ format: "iife", name: "program", codeSplitting: false });
  await build.close();
  return output[0].code;
}
