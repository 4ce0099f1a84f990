import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

function project(
  name: string,
  options: NonNullable<TestProjectInlineConfiguration["test"]>,
): TestProjectInlineConfiguration {
  return { extends: true, test: { name, include: [`test/${name}/**/*.test.ts`], ...options } };
}

const faults = "test/integration/faults/*.test.ts";

// Tests run against the sources, so that an edit needs no build before its test. Packed packages and plain Node have
// suites of their own, which need a build.
export default defineConfig({
  resolve: {
    alias: [
      { find: /^clientsmith$/, replacement: at("generator/src/index.ts") },
      { find: "clientsmith/plugin", replacement: at("generator/src/plugin.ts") },
      { find: /^@clientsmith\/runtime$/, replacement: at("runtime/src/index.ts") },
      {
        find: /^@clientsmith\/runtime\/(protocol|symbols|codegen\/.*|features\/.*|auth\/.*|classic\/.*|event-streams\/.*|interop\/.*)$/,
        replacement: at("runtime/src/$1.ts"),
      },
      { find: "@clientsmith/runtime/credentials", replacement: at("runtime/src/credentials/profile/index.ts") },
      { find: /^@clientsmith\/runtime\/presign$/, replacement: at("runtime/src/presign/index.ts") },
      { find: "@clientsmith/runtime/presign/post", replacement: at("runtime/src/presign/post.ts") },
      { find: "@clientsmith/runtime/transport/node-http", replacement: at("runtime/src/transport/node/index.ts") },
      { find: /^@clientsmith\/runtime\/transport\/(.*)$/, replacement: at("runtime/src/transport/$1/index.ts") },
      { find: /^@clientsmith\/runtime\/(testing|classic|mcp)$/, replacement: at("runtime/src/$1/index.ts") },
      { find: /^@clientsmith\/runtime\/protocols\/(.*)$/, replacement: at("runtime/src/protocols/$1/index.ts") },
      { find: /^@clientsmith\/cloudtrail$/, replacement: at("generated/cloudtrail/src/index.ts") },
      { find: /^@clientsmith\/cloudtrail\/(client|model|classic)$/, replacement: at("generated/cloudtrail/src/$1.ts") },
      { find: /^@clientsmith\/cloudtrail\/(.*)$/, replacement: at("generated/cloudtrail/src/operations/$1.ts") },
    ],
  },
  test: {
    // Unit tests neither start processes nor change what a module or the process shares: they run first, and load each
    // module once a worker. The others follow, a process a file. Faults depend on real time: they run when nothing else does.
    projects: [
      project("unit", { isolate: false }),
      ...["types", "conformance", "compatibility", "package"].map((name) =>
        project(name, { sequence: { groupOrder: 1 } }),
      ),
      project("integration", { exclude: ["**/node_modules/**", faults], sequence: { groupOrder: 1 } }),
      project("faults", { include: [faults], sequence: { groupOrder: 2 } }),
    ],
    // By default, one core is left to Vitest, which is half of two.
    maxWorkers: "100%",
    env: { AWS_EC2_METADATA_DISABLED: "true" },
    testTimeout: 20_000,
  },
});
