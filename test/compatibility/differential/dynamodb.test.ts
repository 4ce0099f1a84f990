import { expect, it } from "vitest";
import type { UnexpectedResponseError } from "@clientsmith/runtime";
import { sharedPath } from "../../support/shared.js";
import { compare, type Compared, type Comparison } from "./support/compare.js";
import { modelled } from "./support/facts.js";
import { compareUnusual } from "./support/unusual.js";
import { awsJson } from "./support/wires.js";

const spec: Comparison = {
  modelFile: sharedPath("models/dynamodb-2012-08-10.json"),
  packageName: "@aws-sdk/client-dynamodb",
  className: "DynamoDBClient",
  signingName: "dynamodb",
  wire: () => awsJson("application/x-amz-json-1.0"),
};

compare("dynamodb", spec, (compared) => {
  compareUnusual(compared, "GetItem");
  compareItems(compared);
});

function compareItems(compared: () => Compared): void {
  const bothItems = async (item: string): Promise<[unknown, unknown]> => {
    const [read, read3] = await compared().bothRead("GetItem", { status: 200, body: `{"Item":${item}}` });
    return [modelled(read), modelled(read3)];
  };

  it.each([
    ["names of an object's own methods", '{"constructor":{"S":"a"},"toString":{"BOOL":true}}'],
    ["an empty union", '{"a":{}}'],
    ["deep values", '{"a":{"M":{"b":{"L":[{"M":{"c":{"L":[{"B":"AP8="},{"NULL":true}]}}}]}}}}'],
    ["numbers of many digits", '{"a":{"N":"12345678901234567890.123456789"},"b":{"NS":["1e125","-0"]}}'],
    ["members that the model does not know", '{"a":{"S":"b"}},"Other":{"c":1}'],
  ])("reads %s the same", async (_what, item) => {
    const [ours, theirs] = await bothItems(item);
    expect(ours).toEqual(theirs);
  });

  // v3 returns what came, whether or not its types allow it.
  it.each([
    [
      "gives a kind of value that is new as unknown",
      '{"a":{"G":[1]}}',
      { a: { $unknown: ["G", [1]] } },
      { a: { G: [1] } },
    ],
    ["leaves null members out", '{"a":{"S":"b","N":null}}', { a: { S: "b" } }, { a: { S: "b", N: null } }],
    ["leaves null out of a map that is not sparse", '{"a":null}', {}, { a: null }],
    [
      "leaves out the name of the type beside a union's member",
      '{"a":{"__type":"AttributeValue","S":"b"}}',
      { a: { S: "b" } },
      { a: { __type: "AttributeValue", S: "b" } },
    ],
  ])("%s, where v3 keeps it as it came", async (_what, item, ours, theirs) => {
    expect(await bothItems(item)).toEqual([{ Item: ours }, { Item: theirs }]);
  });

  it("keeps what is under the key __proto__, which v3 loses", async () => {
    const item = '{"__proto__":{"S":"a"},"b":{"S":"c"}}';
    const texts = (await bothItems(item)).map((each) => JSON.stringify(each));
    expect(texts).toEqual([`{"Item":${item}}`, '{"Item":{"b":{"S":"c"}}}']);
  });

  // A union has exactly one member; v3 hands both on.
  it("rejects two members of a union", async () => {
    const body = '{"Item":{"a":{"S":"b","N":"1"}}}';
    const [read, read3] = await compared().bothRead("GetItem", { status: 200, body });
    expect((read.error as UnexpectedResponseError).message).toContain("AttributeValue should be one of its members");
    expect(modelled(read3)).toEqual({ Item: { a: { S: "b", N: "1" } } });
  });
}
