import { expect } from "vitest";
import type { MemberShape } from "#generator/model/model.js";
import { type Model, readModel, type Shape, type Source } from "#generator/model/index.js";

/** A file of IDL 2.0 of the namespace `a`. */
export const idl = (body: string, file = "main.smithy"): Source => ({
  file,
  text: `$version: "2.0"\n\nnamespace a\n\n${body}`,
});

/** A service and an operation, for what is read to be a model. */
export const service = idl('service S { version: "1", operations: [Op] }\noperation Op {}\n', "service.smithy");

/** Reads IDL of the namespace `a` beside a service; it must have no problems. */
export function readGood(body: string, ...others: Source[]): Model {
  const { model, diagnostics } = readModel([idl(body), service, ...others]);
  expect(diagnostics).toEqual([]);
  if (!model) throw new Error("no model");
  return model;
}

/** The problems of IDL of the namespace `a`: `line:column code shape`, lines of the body counted from 1. */
export function problemsOf(body: string, ...others: Source[]): string[] {
  const { diagnostics } = readModel([idl(body), service, ...others]);
  return diagnostics.map(({ file, line = 0, column, code, shapeId = "" }) => {
    const place = file === "main.smithy" ? `${line - 4}:${column}` : `${file}:${line}:${column}`;
    return `${place} ${code} ${shapeId}`.trimEnd();
  });
}

export function membersOf(shape: Shape | undefined): ReadonlyMap<string, MemberShape> {
  if (!shape || !("members" in shape)) throw new Error("no shape with members");
  return shape.members;
}
