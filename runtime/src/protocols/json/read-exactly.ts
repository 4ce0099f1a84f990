import type { SimpleMember, TimestampFormat } from "../../schema/shapes.js";
import { digitsOf, parseExactly, withPlainNumbers } from "./exact.js";
import { JsonReader, type Read, simpleReader } from "./read.js";
import type { JsonSettings } from "./write.js";

/** Reads numbers of any size: `JSON.parse` rounds them. */
export class ExactJsonReader extends JsonReader {
  constructor(settings: JsonSettings) {
    super(settings, exactReader);
  }

  protected override parse(text: string): unknown {
    return parseExactly(text);
  }
}

function exactReader(member: SimpleMember, what: string, timestampFormat: TimestampFormat): Read | undefined {
  const read = simpleReader(member, what, timestampFormat);
  if (member.type === "bigInteger") {
    return (value) => {
      const digits = digitsOf(value);
      return digits !== undefined && /^-?\d+$/.test(digits) ? BigInt(digits) : read?.(withPlainNumbers(value));
    };
  }
  if (member.type === "bigDecimal") return (value) => digitsOf(value) ?? read?.(value);
  if (member.type === "string") return undefined;
  return (value) => (read ? read(withPlainNumbers(value)) : withPlainNumbers(value));
}
