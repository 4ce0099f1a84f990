import { describe, expect, it } from "vitest";
import { changesBy } from "./support/lake.js";
import { rows } from "./support/rows.js";

/**
 * What smithy-diff 1.73 evaluates, by the name of its class: the pairs of models (by the beginning of a row's name) with the
 * finding that callers of a TypeScript client get, or why they get none.
 */
const evaluators: Readonly<Record<string, readonly (readonly [row: string, finding: string | undefined])[] | string>> =
  {
    AddedEntityBinding: [["1 an operation is added", "operation-added"]],
    RemovedEntityBinding: [
      ["2 an operation is removed", "operation-removed"],
      ["3 an operation is moved to a resource", undefined],
    ],
    AddedShape: [["22 a member is of another structure", "type-added"]],
    RemovedShape: [["2 an operation is removed", "type-removed"]],
    ChangedShapeType: [["33 a union becomes a structure", "type-kind-changed"]],
    AddedRequiredMember: [["9 a required member is added to an input", "required-member-added"]],
    ChangedNullability: [
      ["14 a member of an input becomes required", "member-became-required"],
      ["15 a member of an output becomes required", "member-always-there"],
      ["16 a member of an input is no longer required", "member-no-longer-required"],
      ["17 a member of an output is no longer required", "member-may-be-missing"],
      ["18 a structure member of an output becomes required", "member-always-there"],
    ],
    ChangedDefault: [
      ["19 a default is added", "default-added"],
      ["20 a default is changed", "default-changed"],
      ["21 a default is removed", "default-removed"],
    ],
    ChangedMemberTarget: [
      ["22 a member is of another type", "member-type-changed"],
      ["23 an integer becomes a long", "number-type-changed"],
      ["24 a string of an input becomes an enum", "member-type-refined"],
    ],
    ChangedMemberOrder: [["34 members and values have another order", undefined]],
    ChangedEnumTrait: [
      ["27 a value is inserted into an enum", "enum-constant-added"],
      ["29 a value of an enum is removed", "enum-constant-removed"],
      ["30 a constant of an enum is renamed", "enum-constant-renamed"],
    ],
    ChangedLengthTrait: [
      ["35 a maximum of an input is lowered", "max-tightened"],
      ["37 a constraint of an input is loosened", "max-loosened"],
    ],
    ChangedRangeTrait: [["35 a minimum of an input is raised", "min-tightened"]],
    ChangedOperationInput: [["5 a structure is renamed", "type-renamed"]],
    ChangedOperationOutput: [["5 a structure is renamed", "type-renamed"]],
    AddedOperationError: [["39 an error is added to an operation", "operation-error-added"]],
    AddedServiceError: [["39 an error is added to an operation", "operation-error-added"]],
    RemovedOperationError: [["40 an error is removed from one operation", "operation-error-removed"]],
    RemovedServiceError: [["40 an error is removed from its only operation", "error-removed"]],
    ChangedResourceIdentifiers:
      "A client has no resources: their operations are functions, whose inputs name the identifiers as members.",
    ServiceRename: [["5 a structure is renamed", "type-renamed"]],
    AddedMetadata: "Metadata is for tools that validate models; no client has it.",
    ChangedMetadata: "Metadata is for tools that validate models; no client has it.",
    RemovedMetadata: "Metadata is for tools that validate models; no client has it.",
    AddedTraitDefinition:
      "A definition says what a trait may hold; what a client does follows from the traits themselves.",
    RemovedTraitDefinition:
      "A definition says what a trait may hold; what a client does follows from the traits themselves.",
    ModifiedTrait: [
      ["36 a pattern of an input is changed", "pattern-changed"],
      ["57 a member is sensitive", "sensitive-added"],
      ["58 an operation is deprecated", "deprecated"],
      ["59 documentation is written", "documentation-changed"],
    ],
    TraitBreakingChange: [
      ["41 an error is the server's fault", "error-fault-changed"],
      ["41 an error has another status", "error-status-changed"],
      ["42 an error is no longer retryable", "error-retryable-removed"],
      ["43 an operation no longer only reads", "idempotent-removed"],
      ["44 a member is an idempotency token", "idempotency-token-added"],
      ["45 an operation is sent elsewhere", "http-changed"],
      ["45 a member is a header", "binding-changed"],
      ["33 a list becomes sparse", "member-type-changed"],
      ["51 requests carry a checksum", "content-md5-added"],
      ["52 requests are compressed", "request-compression-added"],
      ["53 a member is streamed", "member-type-changed"],
      ["55 a paginator is gone", "paginator-removed"],
    ],
    // It is announced there, and not implemented.
    RemovedAuthenticationScheme: [["47 a bearer token comes first", "auth-changed"]],
  };

describe("the evaluators of smithy-diff", () => {
  const cases = Object.entries(evaluators).flatMap(([evaluator, covered]) =>
    typeof covered === "string" ? [] : covered.map(([row, finding]) => ({ evaluator, row, finding })),
  );

  it.each(cases)("$evaluator: $row", ({ row, finding }) => {
    const [pair, ...others] = rows.filter(({ name }) => name.startsWith(row));
    if (!pair) throw new Error(`no row begins with ${row}`);
    // A beginning names one row.
    expect(others.filter(({ name }) => name === row)).toEqual([]);
    const codes = changesBy(pair.edit, "modelled", pair.base).map(({ id }) => id.split(":")[0]);
    if (finding === undefined) expect(codes).toEqual([]);
    else expect(codes).toContain(finding);
  });

  it("are all here, or do not concern a client", () => {
    // 28 with rules and one that is announced; length and range, input and output, and the like are classes of their own.
    expect(Object.keys(evaluators)).toHaveLength(29);
  });
});
