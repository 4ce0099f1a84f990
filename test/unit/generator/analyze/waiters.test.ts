import { describe, expect, it } from "vitest";
import { formatDiagnostic } from "clientsmith";
import type { ServiceIr } from "#generator/ir/ir.js";
import { waiterViews } from "#generator/emit/views/paths.js";
import { build, modelOf, operation, type Shapes, structure } from "../ir/support/model.js";

const path = (at: string, expected = "x", comparator = "stringEquals", kind = "output"): object => ({
  [kind]: { path: at, comparator, expected },
});
const success = (matcher: object): object => ({ state: "success", matcher });
const waitable = (waiters: Readonly<Record<string, readonly object[]>>): object => ({
  "smithy.waiters#waitable": Object.fromEntries(
    Object.entries(waiters).map(([name, acceptors]) => [name, { acceptors }]),
  ),
});

const shapes: Shapes = {
  In: structure({ name: "String" }),
  Out: structure({ status: "String", code: "Integer" }),
  GoneFault: structure({}, { error: "client", "aws.protocols#awsQueryError": { code: "Gone", httpResponseCode: 404 } }),
};

function read(operations: Shapes): { service: ServiceIr; diagnostics: string[] } {
  const { service, diagnostics } = build(modelOf({ ...shapes, ...operations }));
  if (!service) throw new Error(diagnostics.map(formatDiagnostic).join("\n"));
  return { service, diagnostics: diagnostics.map(formatDiagnostic) };
}

const one = (waiters: Readonly<Record<string, readonly object[]>>): ReturnType<typeof read> =>
  read({ Look: operation("In", "Out", waitable(waiters), ["GoneFault"]) });

describe("waiters", () => {
  it("have the trait's delays, or the specification's", () => {
    const { service } = read({
      Look: operation("In", "Out", {
        "smithy.waiters#waitable": {
          Slow: { acceptors: [success({ success: true })], minDelay: 5, maxDelay: 7 },
          Usual: { acceptors: [success({ success: true })] },
        },
      }),
    });
    expect(service.operations[0]?.waiters).toMatchObject([
      { name: "Slow", minDelay: 5, maxDelay: 7 },
      { name: "Usual", minDelay: 2, maxDelay: 120 },
    ]);
  });

  it.each([
    ["GoneFault", "GoneFault"],
    ["t#GoneFault", "GoneFault"],
    ["Gone", "GoneFault"],
    ["NotModelled", "NotModelled"],
  ])("know the error %s as %s", (errorType, name) => {
    const { service } = one({ Left: [success({ errorType })] });
    expect(service.operations[0]?.waiters[0]?.acceptors[0]?.matcher).toEqual({ kind: "errorType", name });
  });

  it.each([
    [
      path("statu"),
      /acceptor 1, at character 1 of statu: the structure Out has no member statu; it has status, code\.$/,
    ],
    [path("status["), /acceptor 1, at character 8 of "status\[": found the end, expected/],
    [path("code"), /acceptor 1, at character 1 of code: stringEquals requires a string, but the result is a number\.$/],
    [
      path("input.nope", "x", "stringEquals", "inputOutput"),
      /at character 7 of "input\.nope": the structure In has no/,
    ],
    [path("a\nb\u001b"), /of "a\\u\{a\}b\\u\{1b\}": /],
  ])("are left out where a path leads nowhere: %j", (matcher, problem) => {
    const { service, diagnostics } = one({ Bad: [success(matcher)], Good: [success({ success: true })] });
    expect(service.operations[0]?.waiters.map(({ name }) => name)).toEqual(["Good"]);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatch(/^test\.json warning unusable-waiter t#Look: The waiter Bad is left out: in /);
    expect(diagnostics[0]).toMatch(problem);
  });

  it("have names of their own in the service", () => {
    const ready = waitable({ Ready: [success({ success: true })] });
    const other = waitable({ READY: [success({ success: true })] });
    const { service, diagnostics } = read({ Ask: operation("In", "Out", ready), Look: operation("In", "Out", other) });
    expect(service.operations.map(({ waiters }) => waiters.length)).toEqual([1, 0]);
    expect(diagnostics).toEqual([
      "test.json warning duplicate-waiter t#Look: The waiter READY is left out: t#Ask has a waiter of the same name, ignoring case.",
    ]);
  });

  it("step aside for what is imported more", () => {
    const { service } = read({
      Look: operation("In", "Out", waitable({ Ready: [success({ success: true })] })),
      WaitUntilReady: operation("In", "Out"),
    });
    expect(service.names.waiters.get("Ready")).toBe("_waitUntilReady");
  });

  it("keep the names that their code uses", () => {
    const { service } = read({
      Look: operation("In", "output"),
      output: structure({ each: "each" }),
      each: structure({}),
    });
    expect(service.names.shapes.get("t#output")).toBe("_output");
    expect(service.names.shapes.get("t#each")).toBe("_each");
  });

  it("keep all texts of the model inside of their literals", () => {
    const hostile = '*/ "; process.exit(); `${x}` \u2028';
    const { service } = one({
      Odd: [success(path("status", hostile)), { state: "retry", matcher: { errorType: hostile } }],
    });
    const [look] = service.operations;
    const [view] = look ? waiterViews(look, "Out", service) : [];
    const { comment, acceptors } = view as { comment: string; acceptors: string[] };
    expect(comment.match(/\*\//g)).toHaveLength(1);
    expect(acceptors.join("\n")).not.toContain("\u2028");
    expect(acceptors[0]).toContain(`=> output.status === "*/ \\"; process.exit(); \`\${x}\` \\u2028"`);
  });
});

describe("endpoint parameters from inside the input", () => {
  const params = (paths: Readonly<Record<string, string>>): ReturnType<typeof read> =>
    read({
      Look: operation("In", "Out", {
        "smithy.rules#operationContextParams": Object.fromEntries(
          Object.entries(paths).map(([name, at]) => [name, { path: at }]),
        ),
      }),
    });

  it("are kept by their paths", () => {
    const { service, diagnostics } = params({ Name: "name" });
    expect(diagnostics).toEqual([]);
    expect(service.operations[0]?.operationContextParams).toEqual({ Name: "name" });
  });

  it("are left out where the path leads nowhere", () => {
    const { service, diagnostics } = params({ Name: "name", Nope: "nope", Odd: "[" });
    expect(service.operations[0]?.operationContextParams).toEqual({ Name: "name" });
    expect(diagnostics).toEqual([
      expect.stringMatching(
        /unusable-context-param t#Look: .*Nope is not taken from the input: at character 1 of nope/,
      ),
      expect.stringMatching(/unusable-context-param t#Look: .*Odd is not taken from the input: at character 2 of "\["/),
    ]);
  });
});
