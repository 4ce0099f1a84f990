import type { ServiceIr } from "../../ir/ir.js";
import { oneLine } from "../../text/markup.js";
import type { ClientEmitter, EmitSettings, EmittedFile, PackageAdditions } from "./file.js";

/** `src/index.ts`, which exports all modules. */
export const emitIndex: ClientEmitter = (ir) => {
  const modules = [
    "client",
    "endpoint",
    ...(ir.errors.length > 0 ? ["errors"] : []),
    "model",
    "service",
    ir.names.service,
    ...ir.operations.map(({ id }) => `operations/${ir.names.operations.get(id)?.function ?? ""}`),
    ...ir.partition.groups.map(({ name }) => `shapes/${name}`),
  ];
  return [
    {
      path: "src/index.ts",
      template: "index",
      data: { modules: modules.map((module) => JSON.stringify(`./${module}.js`)) },
    },
  ];
};

/** `package.json` and its `tsconfig`s, with which the package can be built on its own, as ES modules and for `require`. */
export function emitPackage(
  ir: ServiceIr,
  { packageName, packageVersion, license, runtimeRange }: EmitSettings,
  additions: Required<PackageAdditions>,
): readonly EmittedFile[] {
  const manifest = {
    name: packageName,
    version: packageVersion,
    description: `Typed client for ${oneLine(ir.title ?? ir.sdkId)}`,
    keywords: [...(ir.isAws ? ["aws"] : []), keyword(ir.sdkId), "client", "typescript"],
    license,
    type: "module",
    sideEffects: false,
    engines: { node: ">=20.19" },
    exports: {
      ".": entry("index"),
      ...(ir.isAws && { "./classic": entry("classic") }),
      "./client": entry("client"),
      "./custom/*": entry("custom/*"),
      "./model": entry("model"),
      "./package.json": "./package.json",
      "./*": entry("operations/*"),
      ...Object.fromEntries(Object.entries(additions.exports).map(([subpath, path]) => [subpath, exported(path)])),
    },
    ...binOf(additions),
    files: ["dist", "src", ...additions.files],
    scripts: { build: `tsc && tsc -p tsconfig.commonjs.json && ${markCommonJs}`, prepack: "npm run build" },
    dependencies: { "@clientsmith/runtime": runtimeRange, ...dependenciesOf(ir), ...additions.dependencies },
    // Types of the classic object name streams and agents of Node.
    devDependencies: { "@types/node": ">=20", typescript: ">=5.9", ...additions.devDependencies },
  };
  return [
    json("package.json", manifest),
    json("tsconfig.json", tsconfig),
    json("tsconfig.commonjs.json", tsconfigForCommonJs),
  ];
}

/** `auto-scaling` for `Auto Scaling`. */
function keyword(sdkId: string): string {
  return sdkId.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

/** What the packages of the protocol, the auth schemes and the features are, by name, with their ranges. */
function dependenciesOf({ protocol, authSchemes, operations }: ServiceIr): Readonly<Record<string, string>> {
  const parts = [
    protocol,
    ...authSchemes,
    ...operations.flatMap((operation) => [...(operation.authSchemes ?? []), ...operation.features]),
  ];
  return Object.assign({}, ...parts.map(({ dependencies }) => dependencies)) as Readonly<Record<string, string>>;
}

/** The export of a file of an emitter: that of a module is what the module is compiled to. */
function exported(path: string): object | string {
  const module = moduleOf(path);
  return module === undefined ? `./${path}` : entry(module);
}

function binOf({ bin }: PackageAdditions): object {
  const commands = Object.entries(bin ?? {}).map(([name, path]) => [name, `dist/${moduleOf(path) ?? path}.js`]);
  return commands.length > 0 ? { bin: Object.fromEntries(commands) as object } : {};
}

/** `src/mcp/server.ts` → `mcp/server`. */
function moduleOf(path: string): string | undefined {
  return /^src\/(.+)\.ts$/.exec(path)?.[1];
}

function entry(module: string): object {
  return {
    types: { require: `./dist/commonjs/${module}.d.ts`, default: `./dist/${module}.d.ts` },
    // Bundlers get ES modules even for `require`.
    module: `./dist/${module}.js`,
    require: `./dist/commonjs/${module}.js`,
    default: `./dist/${module}.js`,
  };
}

const tsconfig = {
  compilerOptions: {
    target: "es2022",
    lib: ["es2023", "dom"],
    types: ["node"],
    module: "nodenext",
    moduleResolution: "nodenext",
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noImplicitOverride: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    isolatedDeclarations: true,
    erasableSyntaxOnly: true,
    skipLibCheck: true,
    composite: true,
    rootDir: "src",
    outDir: "dist",
    declaration: true,
    declarationMap: true,
    sourceMap: true,
    tsBuildInfoFile: ".tsbuildinfo",
  },
  include: ["src"],
};

/** Modules are found by the default of the compiler: `node10` before TypeScript 6, `bundler` since then. No value suits both. */
const tsconfigForCommonJs = {
  extends: "./tsconfig.json",
  compilerOptions: {
    module: "commonjs",
    moduleResolution: null,
    verbatimModuleSyntax: false,
    outDir: "dist/commonjs",
    tsBuildInfoFile: ".commonjs.tsbuildinfo",
  },
};

/** The compiler writes no `package.json`, which declares the module format of a folder to Node and TypeScript. */
const markCommonJs = `node -e "fs.writeFileSync('dist/commonjs/package.json', JSON.stringify({ type: 'commonjs' }))"`;

function json(path: string, value: object): EmittedFile {
  return { path, text: JSON.stringify(value, undefined, 2) };
}
