import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { formatDiagnostic, generate, type Model, readModel, type Source } from "clientsmith";
import { compareClients } from "#generator/diff/compare.js";
import { type Change, worstOf } from "#generator/diff/change.js";
import { endpointCases } from "#generator/diff/endpoint-cases.js";
import { readFacts } from "#generator/diff/read-facts.js";
import { root } from "../../../support/shared.js";
import { probeOf } from "./probe.js";

export const outputKinds = ["modelled", "optional"] as const;
export type Outputs = (typeof outputKinds)[number];

/** Two revisions of a model. */
export interface Revisions {
  readonly name: string;
  readonly old: Source;
  readonly new: Source;
}

export interface Judged {
  /** `polly modelled`. */
  readonly name: string;
  readonly changes: readonly Change[];
  /** Whether the comparison says that types break. */
  readonly saysMajor: boolean;
  /** Complaints about the probe beside the new client; there are none beside the old one. */
  readonly complaints: readonly string[];
}

const folder = join(root, ".cache/diff");

/**
 * Generates both clients of each pair under each option, and compiles one probe of the old client against both: as one
 * program, so that the runtime is read once.
 */
export async function judge(
  suite: string,
  revisions: readonly Revisions[],
  kinds: readonly Outputs[] = outputKinds,
): Promise<Judged[]> {
  const into = join(folder, suite);
  rmSync(into, { recursive: true, force: true });
  const compared: { readonly name: string; readonly changes: readonly Change[] }[] = [];
  for (const revision of revisions) {
    for (const outputs of kinds) {
      const name = `${revision.name} ${outputs}`;
      const home = join(into, name.replaceAll(/\W+/g, "-"));
      compared.push({ name, changes: await generatePair(revision, outputs, home) });
    }
  }
  const lines = compile(into);
  return compared.map(({ name, changes }) => {
    const of = (side: string): string[] =>
      lines.filter((line) => line.includes(`/${name.replaceAll(/\W+/g, "-")}/probe-${side}.ts`));
    const wrong = of("old");
    if (wrong.length > 0)
      throw new Error(`The probe of ${name} does not fit its own client:\n${wrong.slice(0, 5).join("\n")}`);
    return { name, changes, saysMajor: worstOf(changes.map(({ types }) => types)) === "major", complaints: of("new") };
  });
}

async function generatePair({ old, new: now }: Revisions, outputs: Outputs, home: string): Promise<Change[]> {
  const [before, after] = [await generated(old, outputs), await generated(now, outputs)];
  for (const [side, { files }] of Object.entries({ old: before, new: after })) {
    for (const [path, text] of files) if (path.endsWith(".ts")) write(join(home, side, path), text);
    write(join(home, `probe-${side}.ts`), probeOf(before.service, before.files, `./${side}/src`));
  }
  const side = ({ service, model }: typeof before) => ({
    facts: readFacts(service),
    endpointCases: endpointCases(model, service.id),
  });
  return compareClients(side(before), side(after));
}

type Generated = ReturnType<typeof generateFrom>;

const known = new Map<string, Generated>();

/** Many revisions start from the same model, which is generated once. */
function generated(source: Source, outputs: Outputs): Generated {
  const key = outputs + source.text;
  const client = known.get(key) ?? generateFrom(source, outputs);
  known.set(key, client);
  return client;
}

async function generateFrom(source: Source, outputs: Outputs) {
  const { model, diagnostics } = readModel(source);
  if (!model) throw new Error(diagnostics.map(formatDiagnostic).join("\n"));
  const result = await generate(model satisfies Model, { outputs });
  const { files, service } = result;
  if (!files || !service) throw new Error(result.diagnostics.map(formatDiagnostic).join("\n"));
  return { files, service, model };
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** What the compiler says under the strictest settings that callers have. */
function compile(into: string): string[] {
  const config = join(into, "tsconfig.json");
  const runtime = join(root, "runtime/src");
  const compilerOptions = {
    noEmit: true,
    noUnusedLocals: false,
    noUnusedParameters: false,
    paths: {
      "@clientsmith/runtime/codegen/*": [join(runtime, "codegen/*.ts")],
      "@clientsmith/runtime/features/*": [join(runtime, "features/*.ts")],
      "@clientsmith/runtime/auth/*": [join(runtime, "auth/*.ts")],
      "@clientsmith/runtime/protocols/*": [join(runtime, "protocols/*/index.ts")],
    },
  };
  const base = relative(into, join(root, "tsconfig.base.json"));
  writeFileSync(config, JSON.stringify({ extends: base, compilerOptions, include: ["*/probe-*.ts"] }));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout, status, signal, error } = spawnSync(process.execPath, [tsc, "-p", config], {
    encoding: "utf8",
    maxBuffer: 512 << 20,
  });
  if (error || signal || status === null || status > 2)
    throw new Error(`The compiler ended with ${signal ?? status}: ${stdout}`);
  const lines = stdout.split("\n");
  const own = lines.filter((line) => /^[^(]*\/(old|new)\/src\//.test(line));
  if (own.length > 0) throw new Error(`A client does not compile:\n${own.slice(0, 5).join("\n")}`);
  return lines;
}
