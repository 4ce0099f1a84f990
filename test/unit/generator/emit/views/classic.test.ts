import { CloudTrail, Service } from "@clientsmith/cloudtrail/classic";
import { expect, it } from "vitest";
import { classicMembers } from "#generator/ir/reserved.js";

it("members of the classic service object are those that the generator leaves to it", () => {
  const names = new Set(Object.getOwnPropertyNames(new CloudTrail({ region: "us-east-1" })));
  for (
    let prototype = Service.prototype as object | null;
    prototype;
    prototype = Object.getPrototypeOf(prototype) as object | null
  ) {
    for (const name of Object.getOwnPropertyNames(prototype)) names.add(name);
  }
  expect([...names].toSorted()).toEqual([...classicMembers].toSorted());
});
