import type { EnumShape, MemberShape, Model, Shape, ShapeId, SimpleType, Traits } from "../model/model.js";
import type { Diagnostic } from "../diagnostics.js";
import type { EnumValueIr, MemberIr, PatternIr, TypeIr } from "../ir/ir.js";
import { RejectedPatterns } from "../patterns/problem.js";
import { type PatternOutcome, readPattern } from "../patterns/index.js";
import { boundsTrait, docFacts, hasTrait, numberTrait, recordTrait, stringTrait } from "./traits.js";

const payload = "smithy.api#httpPayload";

/** Member traits that only some protocols read. */
const bindingTraits = [
  "smithy.api#jsonName",
  "smithy.api#xmlName",
  "smithy.api#xmlAttribute",
  "smithy.api#xmlFlattened",
  "smithy.api#xmlNamespace",
  "aws.protocols#ec2QueryName",
  "smithy.api#httpLabel",
  "smithy.api#httpQuery",
  "smithy.api#httpQueryParams",
  "smithy.api#httpHeader",
  "smithy.api#httpPrefixHeaders",
  payload,
  "smithy.api#httpResponseCode",
  "smithy.api#hostLabel",
  "smithy.api#eventHeader",
  "smithy.api#eventPayload",
];

/** Resolves members to their types and the traits in effect. */
export class MemberReader {
  readonly #model: Model;
  readonly #report: (diagnostic: Diagnostic) => void;
  /** Compiled patterns by source text, because many shapes share one. */
  readonly #patterns = new Map<string, PatternOutcome>();
  readonly #rejected = new RejectedPatterns();
  /** Lists and maps being resolved, to detect one that contains itself. */
  readonly #open = new Set<ShapeId>();

  constructor(model: Model, report: (diagnostic: Diagnostic) => void) {
    this.#model = model;
    this.#report = report;
  }

  read(member: MemberShape): MemberIr {
    const target = this.#model.shapes.get(member.target);
    const inherited: Traits = target?.traits ?? {};
    const either = <T>(read: (traits: Traits, id: string) => T | undefined, id: string): T | undefined =>
      read(member.traits, id) ?? read(inherited, id);
    const has = (id: string): boolean => hasTrait(member.traits, id) || hasTrait(inherited, id);
    const own = docFacts(member.traits);
    const fallback = member.traits["smithy.api#default"];
    const bindings = bindingTraits.filter((id) => hasTrait(member.traits, id));
    const isStreamed = target?.type === "blob" && has("smithy.api#streaming") && bindings.includes(payload);
    return {
      id: member.id,
      name: member.name,
      type: this.#type(target, member),
      facts: { ...own, documentation: own.documentation ?? docFacts(inherited).documentation },
      required: hasTrait(member.traits, "smithy.api#required"),
      clientOptional: hasTrait(member.traits, "smithy.api#clientOptional"),
      sensitive: has("smithy.api#sensitive"),
      idempotencyToken: hasTrait(member.traits, "smithy.api#idempotencyToken"),
      clientDefault: undefined,
      recommended: recommendation(member.traits),
      default: fallback === null ? undefined : fallback,
      length: either(boundsTrait, "smithy.api#length"),
      range: either(boundsTrait, "smithy.api#range"),
      pattern: this.#pattern(member, target),
      uniqueItems: has("smithy.api#uniqueItems"),
      sparse: hasTrait(inherited, "smithy.api#sparse"),
      timestampFormat: timestampFormat(either(stringTrait, "smithy.api#timestampFormat")),
      mediaType: either(stringTrait, "smithy.api#mediaType"),
      streaming: isStreamed,
      eventStream: target?.type === "union" && hasTrait(inherited, "smithy.api#streaming"),
      requiresLength: isStreamed && has("smithy.api#requiresLength"),
      contextParam: contextParam(member.traits),
      bindings: Object.fromEntries(bindings.map((id) => [id.slice(id.indexOf("#") + 1), member.traits[id]])),
    };
  }

  /** Reports the patterns of the members read so far that clients do not check. */
  reportPatterns(): void {
    this.#rejected.warnings().forEach(this.#report);
  }

  enumValues(shape: EnumShape): EnumValueIr[] {
    return [...shape.members.values()].map((member) => ({
      name: member.name,
      value: (shape.type === "enum" ? textOf : numberOf)(member),
      facts: docFacts(member.traits),
    }));
  }

  #type(target: Shape | undefined, member: MemberShape): TypeIr {
    if (!target) throw new Error(`${member.id} targets ${member.target}, which is not in the model`);
    switch (target.type) {
      case "structure":
      case "union":
      case "intEnum":
        return { type: target.type, shape: target.id };
      case "enum": {
        const internal = internalValues(target);
        return { type: "enum", shape: target.id, ...(internal.length > 0 && { internal }) };
      }
      case "list":
        return this.#enclosed(target.id, member, () => ({ type: "list", member: this.read(target.member) }));
      case "map":
        return this.#enclosed(target.id, member, () => ({
          type: "map",
          key: this.read(target.key),
          value: this.read(target.value),
        }));
      case "operation":
      case "resource":
      case "service":
        throw new Error(`${member.id} targets the ${target.type} ${target.id}`);
      default:
        return { type: target.type satisfies SimpleType };
    }
  }

  #enclosed(id: ShapeId, member: MemberShape, resolve: () => TypeIr): TypeIr {
    if (this.#open.has(id)) {
      this.#report({
        severity: "error",
        code: "recursive-collection",
        shapeId: member.id,
        message: `${id} contains itself without a structure or union in between, so no finite value exists. Put one in between.`,
      });
      return { type: "document" };
    }
    this.#open.add(id);
    const type = resolve();
    this.#open.delete(id);
    return type;
  }

  #pattern(member: MemberShape, target: Shape | undefined): PatternIr | undefined {
    const own = stringTrait(member.traits, "smithy.api#pattern");
    const text = own ?? (target && stringTrait(target.traits, "smithy.api#pattern"));
    if (text === undefined) return undefined;
    let outcome = this.#patterns.get(text);
    if (!outcome) {
      outcome = readPattern(text);
      this.#patterns.set(text, outcome);
    }
    if ("pattern" in outcome) return outcome.pattern;
    this.#rejected.add(outcome.rejected, own !== undefined || !target ? member.id : target.id);
    return undefined;
  }
}

function recommendation(traits: Traits): string | undefined {
  const trait = recordTrait(traits, "smithy.api#recommended");
  if (!trait) return undefined;
  return typeof trait["reason"] === "string" ? trait["reason"] : "";
}

function contextParam(traits: Traits): string | undefined {
  const name = recordTrait(traits, "smithy.rules#contextParam")?.["name"];
  return typeof name === "string" ? name : undefined;
}

function timestampFormat(value: string | undefined): MemberIr["timestampFormat"] {
  return value === "date-time" || value === "http-date" || value === "epoch-seconds" ? value : undefined;
}

function textOf({ name, traits }: MemberShape): string {
  return stringTrait(traits, "smithy.api#enumValue") ?? name;
}

function numberOf({ name, traits }: MemberShape): string | number {
  return numberTrait(traits, "smithy.api#enumValue") ?? name;
}

/** Values of an enum that services do not name in messages. */
function internalValues(shape: EnumShape): string[] {
  return [...shape.members.values()].filter(({ traits }) => hasTrait(traits, "smithy.api#internal")).map(textOf);
}
