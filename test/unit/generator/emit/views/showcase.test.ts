import { describe, expect, it } from "vitest";
import { best, rank } from "#generator/emit/views/showcase.js";
import { operation, type Shapes, serviceOf, structure } from "../../ir/support/model.js";

const Input = structure({ Id: ["String", { required: {} }] });
const examples = [{ title: "One", input: { Id: "1" } }];
const call = (traits: object = {}): object => operation("Input", "Unit", traits);

function shown(operations: Shapes): string | undefined {
  const ir = serviceOf({ ...operations, Input });
  return best(ir.operations, (each) => rank(each, ir))?.name;
}

describe("the operation that a README shows", () => {
  it("has an example and only reads, by its trait or by its verb", () => {
    expect(shown({ AddBook: call({ examples }), GetBook: call(), ShowBook: call({ examples, readonly: {} }) })).toBe(
      "ShowBook",
    );
    expect(shown({ AddBook: call({ examples }), FindBook: call(), GetBook: call({ examples }) })).toBe("GetBook");
    expect(shown({ Getaway: call({ examples }), GetBook: call({ examples }) })).toBe("GetBook");
  });

  it("concerns what most operations of the service concern", () => {
    const about = { AddTopic: call(), DropTopic: call(), GetTopicAttributes: call(), ListAlarms: call({ examples }) };
    expect(shown({ ...about, ListTopics: call({ examples }) })).toBe("ListTopics");
  });

  it("is not deprecated where another one is not", () => {
    expect(shown({ GetBook: call({ examples, deprecated: {} }), PutBook: call() })).toBe("PutBook");
  });

  it("is the one that an overlay names", () => {
    const featured = { "clientsmith.docs#featured": {} };
    expect(shown({ GetBook: call({ examples, readonly: {} }), PutBook: call(featured) })).toBe("PutBook");
  });

  it("is the one with the shortest name, then the first, of equals", () => {
    expect(shown({ PutShelves: call(), PutBooks: call(), PutPages: call() })).toBe("PutBooks");
  });
});
