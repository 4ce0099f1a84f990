import { describe, expect, it } from "vitest";
import * as fc from "../../../support/fast-check.js";
import { compileMatcher } from "#generator/jmespath/matcher.js";
import { compileParameter } from "#generator/jmespath/parameter.js";
import { bothRoots, rootOf } from "#generator/jmespath/root.js";
import { JmespathProblem } from "#generator/jmespath/syntax.js";
import type { PathMatcherIr, StructureIr } from "#generator/ir/ir.js";
import { compile, thingService } from "./support/things.js";

function problemOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (error instanceof JmespathProblem) return `${error.at}: ${error.message}`;
    throw error;
  }
}

describe("an expression that can only be null is rejected, with the place and what there is", () => {
  it.each([
    ["nope", /^0: the structure Thing has no member nope; it has name, status, .* and more$/],
    ["part.nope", /^5: the structure Part has no member nope; it has id, status, count, on, tags, parts$/],
    ["choice.nope", /^7: the union Choice has no member nope; it has text, part$/],
    ["parts.id", /^6: a list has no member id$/],
    ["name.length", /^5: a string has no member /],
    ["when.seconds", /^5: a timestamp has no member /],
    ["parts[].{i: id}.i", /^16: a list has no member /],
    ["!part.parts", /^6: a boolean has no member /],
    ["{a: name}.b", /^10: an object has no member b; it has a$/],
    ["name[0]", /^0: \[0\] requires a list, but this is a string$/],
    ["part[*].id", /^0: A projection requires a list, but this is the structure Part$/],
    ["tags[]", /^0: \[\] requires a list, but this is a map$/],
    ["part[?id].id", /^0: A filter requires a list/],
    ["name[1:2]", /^0: A slice requires a list/],
    ["names.*", /requires an object, but this is a list$/],
    ["name == size", /^5: a string is compared with a number: they are never equal$/],
    ["part == name", /^5: the structure Part is compared with a string/],
    ["when == `0`", /^5: a timestamp cannot be compared$/],
    ["huge == `0`", /^5: a bigInteger cannot be compared$/],
    ["name < size", /^5: "<" compares numbers, but one side is a string$/],
    ["length([name, size][0])", /a value of several types/],
    ["size(names)", /^0: there is no function size; the functions are abs, .*values$/],
    ["toString(names)", /^0: there is no function toString/],
    ["length(size)", /^0: length needs string or list or map or structure or object, not a number$/],
    ["length()", /^0: length takes 1 argument, not 0$/],
    ["length(names, names)", /^0: length takes 1 argument, not 2$/],
    ["length(&names)", /^0: length takes no expression/],
    ["contains(names, `1`)", /^0: a string is compared with a number/],
    ["contains(name, size)", /^0: contains needs a string, not a number$/],
    ["join(', ', numbers)", /^0: join needs a list of strings/],
    ["join(', ', holes)", /^0: join needs a list of strings/],
    ["sum(names)", /^0: sum needs a list of numbers/],
    ["map(names, names)", /^0: map needs an expression/],
    ["map(&@, name)", /^0: map needs a list, not a string$/],
    ["not_null()", /^0: not_null needs a value$/],
    ["to_number(names)", /^0: to_number of a list is null$/],
    ["merge()", /^0: merge needs an object$/],
    ["merge(part, tags)", /^0: merge needs an object or a map, not the structure Part$/],
    ["merge(tags, `{}`)", /^0: merge needs a map, not an object$/],
    ["max(holes)", /^0: max needs a list of numbers or strings, not a list$/],
    ["sort(grid)", /^0: sort needs a list of numbers or strings/],
    ["avg(names)", /^0: avg needs a list of numbers/],
    ["sort_by(parts)", /^0: sort_by needs a list and an expression/],
    ["sort_by(parts, id)", /^0: sort_by needs a list and an expression/],
    ["sort_by(parts, &count)", /^0: sort_by needs a number or a string as .* key, not a number that may be null$/],
    ["max_by(parts, &tags)", /^0: max_by needs a number or a string as .* key, not a map that may be null$/],
    ["to_string(when)", /^0: to_string needs a value that JSON has, not a timestamp$/],
    ["type(bytes)", /^0: type needs a value that JSON has, not a blob$/],
    ["&name", /^0: & is only allowed where/],
  ])("%s", (text, problem) => {
    expect(problemOf(() => compile(text))).toMatch(problem);
  });
});

const shapes = thingService().shapes;
const input = shapes.get("t#GetThingRequest") as StructureIr;
const output = shapes.get("t#Thing") as StructureIr;
const surroundings = { shapes, runtime: { isEach: "isEach$1" } };

it("whatever is in a path, it is compiled or rejected", () => {
  const words = "|| && == < ! . * [] [ ] [? { } ( ) , : @ & | `1` `[]` 'up' -1 0".split(" ");
  const known = ["name", "status", "size", "ready", "names", "grid", "tags", "parts", "part", "choice", "id", "count"];
  const calls = ["length(", "contains(", "keys(", "map(&", "not_null(", "to_number("];
  const text = fc.array(fc.constantFrom(...words, ...known, ...known, ...calls), { maxLength: 12 });
  let compiled = 0;
  fc.assert(
    fc.property(text, (parts) => {
      const result = problemOf(() => compile(parts.join(" ")));
      if (typeof result !== "string") compiled++;
    }),
    { numRuns: 3000 },
  );
  expect(compiled).toBeGreaterThan(20);
});

describe("a matcher", () => {
  const compiled = (path: string, comparator: PathMatcherIr["comparator"], expected: string): unknown =>
    problemOf(() => compileMatcher({ path, comparator, expected }, rootOf("output", output), surroundings));

  it("is a condition in plain TypeScript", () => {
    expect(compiled("part.status", "stringEquals", 'u"p')).toBe('output.part?.status === "u\\"p"');
    expect(compiled("ready", "booleanEquals", "false")).toBe("output.ready === false");
    expect(compiled("name == 'x'", "booleanEquals", "true")).toBe('output.name === ("x")');
    expect(compiled("parts[].status", "anyStringEquals", "up")).toBe(
      'output.parts?.map((each) => each.status).includes("up") ?? false',
    );
    expect(compiled("parts[].status", "allStringEquals", "up")).toBe(
      'isEach$1(output.parts?.map((each) => each.status), "up")',
    );
  });

  it("compares what the path can lead to", () => {
    expect(compiled("size", "stringEquals", "0")).toBe("0: stringEquals requires a string, but the result is a number");
    expect(compiled("name", "booleanEquals", "true")).toMatch(/requires a boolean, but the result is a string$/);
    expect(compiled("ready", "booleanEquals", "yes")).toMatch(/expects true or false, not "yes"$/);
    expect(compiled("name", "anyStringEquals", "x")).toMatch(/requires a list of strings, .* is a string$/);
    expect(compiled("parts", "allStringEquals", "x")).toMatch(/is a list, each item the structure Part$/);
    expect(compiled("parts[].count", "anyStringEquals", "x")).toMatch(/each item a number$/);
  });

  it("compares parts of documents", () => {
    expect(compiled("data.state", "stringEquals", "up")).toBe('isDeepEqual(memberOf(output.data, "state"), "up")');
    expect(compiled("data.on", "booleanEquals", "true")).toBe('isDeepEqual(memberOf(output.data, "on"), true)');
    expect(compiled("data.list", "anyStringEquals", "up")).toBe(
      'asList(memberOf(output.data, "list"))?.includes("up") ?? false',
    );
    expect(compiled("data.list[].id", "allStringEquals", "up")).toBe(
      'isEach$1(asList(memberOf(output.data, "list"))?.flat().map((each) => memberOf(each, "id")), "up")',
    );
  });

  it("may look at input and output", () => {
    const root = bothRoots(input, output);
    const both = (path: string): unknown =>
      problemOf(() => compileMatcher({ path, comparator: "booleanEquals", expected: "true" }, root, surroundings));
    expect(both("output.size == input.limit")).toBe("output.size === input.limit");
    expect(both("size == input.limit")).toBe("0: an object has no member size; it has input, output");
    expect(both("input.nope == output.size")).toMatch(/^6: the structure GetThingRequest has no member nope/);
  });
});

describe("an endpoint parameter", () => {
  const parameter = (path: string): unknown =>
    problemOf(() => compileParameter(path, rootOf("input", input), surroundings));

  it("is a string, a boolean or a list of strings", () => {
    expect(parameter("name")).toBe("input.name");
    expect(parameter("keys(keys)")).toBe("input.keys == null ? undefined : Object.keys(input.keys)");
    expect(parameter("parts[*].id")).toBe("input.parts?.map((each) => each.id).filter((each) => each != null)");
    expect(parameter("parts[].parts[].id")).toContain(".flat()");
    expect(parameter("[name, 'b'][]")).toBe('[input.name, "b"].filter((each) => each != null)');
    expect(parameter("limit")).toMatch(/^0: an endpoint parameter is .* the path leads to a number$/);
    expect(parameter("parts")).toMatch(/leads to a list$/);
    expect(parameter("[name, 'b']")).toMatch(/leads to a list$/);
  });
});
