import * as fc from "../../../support/fast-check.js";
import { describe, expect, it } from "vitest";
import { partition, type Partition } from "#generator/ir/partition.js";

/** Which shapes each operation and shape refers to; names in capitals are operations. */
type Graph = Readonly<Record<string, readonly string[]>>;

function place(graph: Graph, errors: readonly string[] = []): Partition {
  const isOperation = (name: string): boolean => name === name.toUpperCase();
  const entries = Object.entries(graph);
  return partition({
    operations: new Map(entries.filter(([name]) => isOperation(name))),
    references: new Map(entries.filter(([name]) => !isOperation(name))),
    errors,
    nameOf: (shape) => shape,
  });
}

const groupsOf = ({ groups }: Partition): Record<string, readonly string[]> =>
  Object.fromEntries(groups.map(({ name, shapes }) => [name, shapes]));

describe("partition", () => {
  it("puts what one operation alone uses into its module, what is referred to first", () => {
    const { operations, groups } = place({ GET: ["in", "out"], in: ["a"], out: ["a", "b"], a: [], b: [] });
    expect(operations.get("GET")).toEqual(["a", "in", "b", "out"]);
    expect(groups).toEqual([]);
  });

  it("groups what the same operations share, named after the shape that leads to most of it", () => {
    const graph = { GET: ["trail"], PUT: ["trail"], trail: ["status", "arn"], status: [], arn: [] };
    expect(groupsOf(place(graph))).toEqual({ trail: ["status", "arn", "trail"] });
  });

  it("lets a lone shape join the smallest group that its operations load anyway", () => {
    const graph = {
      A: ["big", "small", "lone"],
      B: ["big", "small", "lone"],
      C: ["big", "small"],
      D: ["big"],
      big: ["big2"],
      big2: [],
      small: ["small2"],
      small2: [],
      lone: [],
    };
    expect(groupsOf(place(graph))).toEqual({ big: ["big2", "big"], small: ["small2", "small", "lone"] });
  });

  it("lets no lone shape join a group to whose users it would bring a further one", () => {
    const graph = {
      A: ["big", "lone"],
      B: ["big", "lone"],
      C: ["big"],
      D: ["far"],
      big: ["big2"],
      big2: [],
      lone: ["far"],
      far: ["far2"],
      far2: [],
    };
    expect(groupsOf(place(graph))).toEqual({ big: ["big2", "big"], lone: ["far2", "far", "lone"] });
  });

  it("keeps what errors alone use with the errors", () => {
    const { errors, groups } = place({ GET: ["both"], both: [], own: ["both"] }, ["own"]);
    expect(errors).toEqual(["own"]);
    expect(groups.map(({ shapes }) => shapes)).toEqual([["both"]]);
  });

  it("names files apart that differ by letter case only", () => {
    const graph = { A: ["tag"], B: ["tag", "Tag"], C: ["Tag"], tag: [], Tag: [] };
    const files = place(graph).groups.map(({ name }) => name.toLowerCase());
    expect(new Set(files).size).toBe(2);
  });

  it("leaves other modules as they are when an operation is added that uses shapes of its own", () => {
    const graph = { GET: ["trail"], PUT: ["trail"], trail: ["arn"], arn: [] };
    const before = place(graph);
    const after = place({ ...graph, NEW: ["new"], new: ["trail"] });
    expect(after.groups).toEqual(before.groups);
    expect(after.operations.get("GET")).toEqual(before.operations.get("GET"));
  });

  it("makes no circle by way of a shape that joined a group earlier", () => {
    // s4 joins the group of s0 and s9, which thereby imports s1; so s8, which imports s9, must not join s1.
    const graph = {
      A: ["s7"],
      B: ["s3"],
      C: ["s6"],
      D: ["s7"],
      E: ["s4"],
      s0: [],
      s1: [],
      s3: ["s4"],
      s4: ["s9", "s1"],
      s6: ["s8"],
      s7: ["s9", "s8"],
      s8: ["s1"],
      s9: ["s0"],
    };
    expect(isAcyclic(importsOf(graph, place(graph)))).toBe(true);
  });

  it("puts each shape into one module, and imports no modules in a circle", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const placed = place(graph);
        const shapes = modulesOf(placed).flat();
        expect(shapes.length).toBe(new Set(shapes).size);
        expect(isAcyclic(importsOf(graph, placed))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

const graphs = fc
  .record({
    operations: fc.array(fc.array(fc.nat(9), { maxLength: 4 }), { minLength: 1, maxLength: 6 }),
    shapes: fc.array(fc.array(fc.nat(9), { maxLength: 3 }), { minLength: 10, maxLength: 10 }),
  })
  .map(({ operations, shapes }): Graph => ({
    ...Object.fromEntries(operations.map((targets, index) => [`OP${index}`, targets.map((target) => `s${target}`)])),
    ...Object.fromEntries(shapes.map((targets, index) => [`s${index}`, targets.map((target) => `s${target}`)])),
  }));

function modulesOf(placed: Partition): (readonly string[])[] {
  return [...placed.operations.values(), ...placed.groups.map(({ shapes }) => shapes)];
}

/** By module, the other modules that its shapes refer to. */
function importsOf(graph: Graph, placed: Partition): number[][] {
  const modules = modulesOf(placed);
  const home = new Map(modules.flatMap((shapes, index) => shapes.map((shape) => [shape, index] as const)));
  return modules.map((shapes, index) =>
    [...new Set(shapes.flatMap((shape) => graph[shape] ?? []).map((shape) => home.get(shape) ?? -1))].filter(
      (other) => other !== index,
    ),
  );
}

function isAcyclic(imports: readonly (readonly number[])[]): boolean {
  const done = new Set<number>();
  const visit = (module: number, path: readonly number[]): boolean => {
    if (path.includes(module)) return false;
    if (done.has(module)) return true;
    const fine = (imports[module] ?? []).every((other) => visit(other, [...path, module]));
    done.add(module);
    return fine;
  };
  return imports.every((_, module) => visit(module, []));
}
