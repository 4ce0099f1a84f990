import { describe, expect, it } from "vitest";
import type { ServiceIr } from "#generator/ir/ir.js";
import { memberComment, methodComment, operationComment } from "#generator/emit/views/docs.js";
import { operation, serviceOf, structure } from "../../ir/support/model.js";

/** The comment of the one member of an operation's input. */
function commentOf(traits: object, target: object = { type: "string" }, more: Record<string, object> = {}): string {
  const ir = serviceOf({
    Get: operation("In", "Unit"),
    In: structure({ m: ["Target", traits] }),
    Target: target,
    ...more,
  });
  const member = ir.operations[0]?.input?.members[0];
  if (!member) throw new Error("no member");
  return memberComment(member, true, ir, 2);
}

describe("memberComment", () => {
  it.each([
    [{ required: {} }, "Required."],
    [{ length: { min: 1, max: 128 } }, "1 to 128 characters."],
    [{ length: { min: 1 } }, "At least 1 character."],
    [{ length: { min: 0, max: 9 } }, "At most 9 characters."],
    [{ length: { max: 10_000 } }, "At most 10,000 characters."],
    [{ length: { min: 5, max: 5 } }, "Exactly 5 characters."],
    [{ pattern: "^a`b$" }, "Pattern ``^a`b$``."],
    [{ default: "x" }, 'Default: `"x"`.'],
    [{ recommended: { reason: "It is safer" } }, "Recommended: It is safer."],
    [{ mediaType: "application/json" }, "Media type: `application/json`."],
    [{ documentation: "A name", length: { max: 5 } }, "A name. At most 5 characters."],
  ])("writes %j as %j", (traits, text) => {
    expect(commentOf(traits)).toBe(`/** ${text} */`);
  });

  it("counts a list's items, and reports what holds for each", () => {
    const list = {
      type: "list",
      member: { target: "t#Name" },
      traits: { "smithy.api#length": { max: 1 }, "smithy.api#uniqueItems": {} },
    };
    const name = { type: "string", traits: { "smithy.api#length": { min: 3 } } };
    expect(commentOf({}, list, { Name: name })).toBe(
      "/** At most 1 item; unique items. Each item: at least 3 characters. */"
        .replace("at least", "At least")
        .replace("Each item: At", "Each item: at"),
    );
  });

  it("reports what holds for a map's keys and values", () => {
    const map = {
      type: "map",
      key: { target: "t#Kind" },
      value: { target: "smithy.api#Integer", traits: { "smithy.api#range": { min: 0, max: 9 } } },
      traits: { "smithy.api#length": { min: 1, max: 1 } },
    };
    const kind = {
      type: "enum",
      members: { A: { target: "smithy.api#Unit", traits: { "smithy.api#enumValue": "a" } } },
    };
    expect(commentOf({}, map, { Kind: kind })).toBe(
      "/** Exactly 1 entry. Keys: a value of {@link Kind}. Values: from 0 to 9. */",
    );
  });

  it("marks what is sensitive or deprecated, and links further documentation", () => {
    expect(commentOf({}, { type: "string", traits: { "smithy.api#sensitive": {} } })).toBe(
      "/** Sensitive: masked in logs. */",
    );
    expect(
      commentOf({
        deprecated: { message: "Use <code>Other</code>.", since: "2.0" },
        externalDocumentation: { Guide: "https://example.com/guide" },
      }),
    ).toBe("/**\n * @deprecated Use `Other`. Since 2.0.\n * @see [Guide](https://example.com/guide)\n */");
  });

  it("is empty if there are no facts", () => {
    expect(commentOf({})).toBe("");
  });
});

describe("operationComment", () => {
  const ir: ServiceIr = serviceOf({
    Get: operation(
      "In",
      "Unit",
      {
        documentation: "Gets it.",
        examples: [
          {
            title: "Since May",
            input: { at: "2024-05-01T00:00:00Z", seconds: 0, body: "x", nested: { at: 1.5 } },
          },
          { title: "No longer of its shape", input: { gone: 1 } },
          { title: "Not a date", input: { nested: { at: "soon" } } },
          { title: "Fails", input: {}, error: { shapeId: "t#Gone", content: {} } },
        ],
      },
      ["Gone"],
    ),
    In: structure({ at: "Timestamp", seconds: "Timestamp", body: "Blob", nested: "Nested" }),
    Nested: structure({ at: "Timestamp" }),
    Gone: structure({}, { error: "client", httpError: 404, documentation: "It is gone. Look elsewhere." }),
  });
  const [get] = ir.operations;

  it("names errors with their status, and shows the model's examples as calls", () => {
    expect(get && operationComment(get, ir)).toBe(`/**
 * Gets it.
 *
 * @throws {@link Gone} (HTTP 404) It is gone.
 *
 * @example Since May
 * \`\`\`ts
 * await get(client, {
 *   at: new Date("2024-05-01T00:00:00Z"),
 *   seconds: new Date("1970-01-01T00:00:00Z"),
 *   body: new TextEncoder().encode("x"),
 *   nested: { at: new Date("1970-01-01T00:00:01.500Z") },
 * });
 * \`\`\`
 */`);
  });

  it("is its first sentence and a link in a method of an object", () => {
    const documented = { documentation: "Gets it. Look at {@link x} */ later.", deprecated: { message: "Use Put." } };
    const [both] = serviceOf({ Get: operation("Unit", "Unit", documented) }).operations;
    const [silent] = serviceOf({ Get: operation("Unit", "Unit", {}) }).operations;
    expect(both && methodComment(both, "{@link get}")).toBe(
      "/**\n * Gets it.\n *\n * @deprecated Use Put.\n * @see {@link get}\n */",
    );
    expect(silent && methodComment(silent, "{@link get}")).toBe("/** @see {@link get} */");
  });
});
