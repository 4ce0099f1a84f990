// Resolves packages to their sources instead of the build, which joins modules of the runtime.
import { fileURLToPath } from "node:url";

const runtime = fileURLToPath(new URL("../../runtime/src/", import.meta.url));
const cloudtrail = fileURLToPath(new URL("../../generated/cloudtrail/src/", import.meta.url));

/** @type {import("esbuild").Plugin} */
export const sources = {
  name: "sources",
  setup(build) {
    build.onResolve({ filter: /^@clientsmith\/(runtime|cloudtrail)/ }, ({ path }) => {
      const [, owner, door = "index"] = /^@clientsmith\/(\w+)(?:\/(.*))?$/.exec(path) ?? [];
      return { path: owner === "runtime" ? runtimeFile(door) : cloudtrailFile(door), sideEffects: false };
    });
    build.onResolve({ filter: /^\..*\.js$/ }, ({ path, resolveDir }) => {
      const url = new URL(path.replace(/\.js$/, ".ts"), `file://${resolveDir}/`);
      return { path: fileURLToPath(url), sideEffects: false };
    });
  },
};

/** @param {string} door */
function runtimeFile(door) {
  return `${runtime}${/^protocols\/|^testing$/.test(door) ? `${door}/index` : door}.ts`;
}

/** @param {string} door */
function cloudtrailFile(door) {
  return `${cloudtrail}${/^(index|client|model)$/.test(door) ? door : `operations/${door}`}.ts`;
}
