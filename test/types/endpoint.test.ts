import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { generateInto } from "../support/generate-client.js";
import { root } from "../support/shared.js";

const rules = `@smithy.rules#endpointRuleSet({
  version: "1.0"
  parameters: { Endpoint: { type: "string", builtIn: "SDK::Endpoint", documentation: "The endpoint." } }
  rules: [{ type: "endpoint", conditions: [], endpoint: { url: "https://greeter.test" } }]
})`;

const optional = `
void new GreeterClient();
void new GreeterClient({ maxAttempts: 1, endpoint: undefined });
void new Greeter({});
`;

const required = `
const options: GreeterClientOptions = { endpoint: new URL("http://127.0.0.1:1") };
void new GreeterClient(options);
void new Greeter({ endpoint: "http://127.0.0.1:1", maxAttempts: 1 });
// @ts-expect-error: the model states no endpoint
void new GreeterClient();
// @ts-expect-error: the same
void new Greeter({ maxAttempts: 1 });
// @ts-expect-error: it cannot be read from somewhere where it may be absent
void new GreeterClient({ endpoint: process.env["ENDPOINT"] });
`;

it.each([
  ["none", "", required],
  ["rules", rules, optional],
  ["trait", '@clientsmith#endpoint("https://greeter.test")', optional],
  ["aws", '@aws.auth#sigv4(name: "greeter")', optional],
])(
  "the option endpoint of a service is required if it states none and is outside AWS: %s",
  async (name, trait, program) => {
    const folder = join(root, ".cache/types", name);
    mkdirSync(folder, { recursive: true });
    const model = `$version: "2.0"
namespace example.greeter
use aws.protocols#restJson1
${trait}
@restJson1
service Greeter { version: "1", operations: [Greet] }
@http(method: "POST", uri: "/")
operation Greet {}
`;
    const file = join(root, ".cache/types", `${name}.smithy`);
    writeFileSync(file, model);
    await generateInto(folder, file);
    const imports = 'import { Greeter, GreeterClient, type GreeterClientOptions } from "./index.js";';
    writeFileSync(join(folder, "src/program.ts"), `${imports}\nexport type { GreeterClientOptions };\n${program}`);
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder, "--noEmit"], { encoding: "utf8" });
    expect(stdout).toBe("");
  },
  60_000,
);
