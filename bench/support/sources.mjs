// Resolves packages to their sources instead of the build, which joins modules of the runtime.
import { fileURLToPath } from "node:url";

const runtime = fileURLToPath(new URL("../../runtime/src/", import.meta.url));
const cloudtrail = fileURLToPath(new URL("../../generated/cloudtrail/src/", import.meta.url));

/** @type {import("esbuild").Plugin} */
export const sources = {
  name: "sources",
  setup(build) {
    build.onResolve({ filter: /^@clientsmith\/(runtime|cloudtrail)/ }, ({ path }) => {
      const [, owner, entry = "index"] = /^@clientsmith\/(\w+)(?:\/(.*))?$/.exec(path) ?? [];
      return { path: owner === "runtime" ? runtimeFile(entry) : cloudtrailFile(entry), sideEffects: false };
    });
    build.onResolve({ filter: /^\..*\.js$/ }, ({ path, resolveDir }) => {
      const url = new URL(path.replace(/\.js$/, ".ts"), `file://${resolveDir}/`);
      return { path: fileURLToPath(url), sideEffects: false };
    });
  },
};

/** @param {string} entry */
function runtimeFile(entry) {
  return `${runtime}${/^protocols\/|^testing$/.test(entry) ? `${entry}/index` : entry}.ts`;
}

/** @param {string} entry */
function cloudtrailFile(entry) {
  return `${cloudtrail}${/^(index|client|model)$/.test(entry) ? entry : `operations/${entry}`}.ts`;
}
