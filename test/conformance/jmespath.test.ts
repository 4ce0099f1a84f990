import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ts } from "ts-morph";
import { describe, expect, it } from "vitest";
import { evaluator } from "#generator/dynamic-client/jmespath.js";
import { Compiler } from "#generator/jmespath/compile.js";
import { parse } from "#generator/jmespath/parse.js";
import { JmespathProblem } from "#generator/jmespath/syntax.js";
import { value } from "#generator/jmespath/value.js";
import * as runtime from "#runtime/operations/jmespath.js";
import { jsonFiles, root, sharedPath } from "../support/shared.js";
import { printType, typeOfSamples } from "./support/json-type.js";

/** The compliance suite of JMESPath. Each expression is compiled for the type of its data. */
const folder = sharedPath("conformance/jmespath");

interface Case {
  readonly name: string;
  readonly given: unknown;
  readonly expression: string;
  /** Expected result; undefined if an error is expected. */
  readonly result: unknown;
  readonly error: string | undefined;
}

const cases = (folder ? jsonFiles(folder) : []).flatMap(readCases);
const compiled = cases.map((each) => ({ ...each, ...compile(each) }));
const isReported = ({ error, problem }: (typeof compiled)[number]): boolean => error === undefined && !!problem;

/**
 * Cases that are a diagnostic although they have a result: a function takes a type that only data decide, or a key that
 * may be null. At run time, the reference implementation would reject other data.
 */
const key = "needs a number or a string as each item's key, not a number that may be null";
const diagnosed: readonly (readonly [expression: string, reason: string])[] = [
  ["abs(array[1])", "abs needs number, not a document"],
  ["abs(array[1])", "abs needs number, not a document"],
  ["sort_by(people, &to_number(age_str))", `sort_by ${key}`],
  ["max_by(people, &to_number(age_str))", `max_by ${key}`],
  ["min_by(people, &to_number(age_str))", `min_by ${key}`],
];

describe.skipIf(!folder)("the compliance suite of JMESPath", () => {
  it("has 892 cases: 737 have the expected result, 150 the expected error, 5 a diagnostic", () => {
    const results = compiled.filter(({ error, problem }) => error === undefined && !problem);
    const errors = compiled.filter(({ error, problem }) => error !== undefined && problem);
    expect([cases.length, results.length, errors.length, compiled.filter(isReported).length]).toEqual([
      892, 737, 150, 5,
    ]);
  });

  it("returns a reason for each diagnostic", () => {
    const found = compiled.filter(isReported).map(({ expression, problem }) => [expression, problem?.message]);
    expect(found).toEqual(diagnosed);
  });

  it.each(compiled.filter(({ error, problem }) => error === undefined && !problem))(
    "$name: $expression",
    ({ given, expression, text, result }) => {
      expect(json(run(text, given))).toEqual(json(result));
      // A client without generated code.
      expect(json(evaluator(expression)(given))).toEqual(json(result));
    },
  );

  it("rejects the expressions that are invalid, and calls that do not fit the data", () => {
    expect(compiled.filter(({ error, problem }) => error !== undefined && !problem)).toEqual([]);
  });

  it("reports the 116 results that the types decide", () => {
    const constant = compiled.filter(({ error, mistakes }) => error === undefined && mistakes.length > 0);
    expect(constant).toHaveLength(116);
    const words = /has no member|requires (a list|an object)|compares numbers|are never equal|is null$/;
    for (const { mistakes } of constant) expect(mistakes[0]?.message).toMatch(words);
  });

  it("is compiled to strict TypeScript", () => {
    const target = join(root, ".cache/jmespath-suite");
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    const functions = compiled.flatMap(({ text, given, problem }) =>
      problem
        ? []
        : `export const path${next++} = (input: ${printType(typeOfSamples([given]))}): unknown => [input, ${text}];`,
    );
    const imports = Object.keys(runtime).filter((name) => functions.some((each) => each.includes(`${name}(`)));
    const module = JSON.stringify(join(root, "runtime/src/operations/jmespath.js"));
    writeFileSync(
      join(target, "suite.ts"),
      [`import { ${imports.join(", ")} } from ${module};`, ...functions].join("\n"),
    );
    writeFileSync(
      join(target, "tsconfig.json"),
      JSON.stringify({ extends: "../../tsconfig.base.json", compilerOptions: { noEmit: true }, include: ["."] }),
    );
    const tsc = spawnSync("npx", ["tsc", "-p", target], { cwd: root, encoding: "utf8" });
    expect(tsc.stdout).toBe("");
    expect(tsc.status).toBe(0);
  }, 60_000);
});

let next = 0;

interface Group {
  readonly given: unknown;
  readonly cases: readonly { readonly expression: string; readonly result?: unknown; readonly error?: string }[];
}

function readCases(file: string): Case[] {
  const groups = JSON.parse(readFileSync(file, "utf8")) as readonly Group[];
  return groups.flatMap(({ given, cases: list }) =>
    list.map(({ expression, result, error }) => ({ name: basename(file, ".json"), given, expression, result, error })),
  );
}

interface Compiled {
  readonly text: string;
  readonly mistakes: readonly JmespathProblem[];
  readonly problem: JmespathProblem | undefined;
}

function compile({ expression, given }: Case): Compiled {
  const compiler = new Compiler({ shapes: new Map(), runtime: {} });
  const { type, nullable } = typeOfSamples([given]);
  try {
    const { text } = compiler.compile(parse(expression), value("input", type, nullable));
    return { text, mistakes: compiler.mistakes, problem: undefined };
  } catch (problem) {
    if (problem instanceof JmespathProblem) return { text: "", mistakes: [], problem };
    throw problem;
  }
}

function run(text: string, given: unknown): unknown {
  const options = { compilerOptions: { target: ts.ScriptTarget.ES2022 } };
  const { outputText } = ts.transpileModule(`return (${text});`, options);
  return new Function("input", ...Object.keys(runtime), outputText)(given, ...Object.values(runtime));
}

/** A result as JSON, without the members of objects that are null: a missing member is null in JMESPath. */
function json(result: unknown): unknown {
  if (result === undefined) return null;
  return JSON.parse(JSON.stringify(result, (_, each: unknown) => dropNulls(each)));
}

function dropNulls(each: unknown): unknown {
  if (typeof each !== "object" || each === null || Array.isArray(each)) return each;
  return Object.fromEntries(Object.entries(each).filter(([, member]) => member !== null));
}
