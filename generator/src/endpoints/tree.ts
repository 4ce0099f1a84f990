/**
 * Endpoint rules after they were checked: every name is resolved, every expression has its type, nothing is missing.
 * Both forms of rules, `smithy.rules#endpointRuleSet` and `smithy.rules#endpointBdd`, become this tree.
 */

export type ParameterType = "string" | "boolean" | "stringArray";
export type RecordType = "Partition" | "Arn" | "Url";
export type ValueType = ParameterType | "integer" | RecordType;

/** A type, and whether the value may be unset. */
export interface Typed {
  readonly type: ValueType;
  readonly optional: boolean;
}

/** A parameter, or what a condition assigns. Two variables of one name are different objects. */
export interface Variable {
  readonly id: number;
  readonly name: string;
}

export interface Parameter {
  readonly variable: Variable;
  readonly name: string;
  readonly type: ParameterType;
  readonly required: boolean;
  readonly default: string | boolean | readonly string[] | undefined;
  /** Where a client takes the value from: `AWS::Region`. */
  readonly builtIn: string | undefined;
  readonly documentation: string | undefined;
}

export interface Literal extends Typed {
  readonly kind: "literal";
  readonly value: string | boolean | number;
}

/** `https://{Region}.{Partition#dnsSuffix}`; at least one part is an expression. */
export interface Template extends Typed {
  readonly kind: "template";
  readonly parts: readonly (string | Expression)[];
}

export interface Reference extends Typed {
  readonly kind: "reference";
  readonly variable: Variable;
}

/** `getAttr`. A number is an index, a negative one counts from the end. */
export interface Attribute extends Typed {
  readonly kind: "attribute";
  readonly of: Expression;
  readonly path: readonly (string | number)[];
}

/** `or` is none of the rules engine's functions: simplification makes it of rules with the same answer. */
export interface Call extends Typed {
  readonly kind: "call";
  readonly fn: string;
  readonly argv: readonly Expression[];
}

export type Expression = Literal | Template | Reference | Attribute | Call;

/** Holds where its value is neither unset nor false; what it assigns can be used from then on. */
export interface Condition {
  readonly value: Expression;
  readonly assign: Variable | undefined;
  /** The model takes it for granted. */
  readonly implied?: true;
}

/** What stands in an endpoint's properties. */
export type Property = Expression | PropertyList | PropertyMap;

export interface PropertyList {
  readonly kind: "list";
  readonly items: readonly Property[];
}

export interface PropertyMap {
  readonly kind: "map";
  readonly entries: readonly (readonly [name: string, value: Property])[];
}

interface RuleBase {
  /** All have to hold. */
  readonly conditions: readonly Condition[];
  readonly documentation: string | undefined;
}

export interface EndpointRule extends RuleBase {
  readonly kind: "endpoint";
  readonly url: Expression;
  readonly headers: readonly (readonly [name: string, values: readonly Expression[]])[];
  readonly properties: PropertyMap;
}

export interface ErrorRule extends RuleBase {
  readonly kind: "error";
  readonly message: Expression;
}

/** Once its conditions hold, one of its rules has to match: the rules after it are not tried. */
export interface TreeRule extends RuleBase {
  readonly kind: "tree";
  readonly rules: readonly Rule[];
}

/** Once its conditions hold, shared rules decide; they are a function of what only some of the ways to them set. */
export interface SharedRule extends RuleBase {
  readonly kind: "shared";
  /** The function's name. */
  readonly name: string;
  readonly argv: readonly Expression[];
}

export type Rule = EndpointRule | ErrorRule | TreeRule | SharedRule;

/** Rules that stand at one place and are reached from several. */
export interface RuleFunction {
  readonly name: string;
  readonly parameters: readonly Reference[];
  readonly rules: readonly Rule[];
}

export interface RuleSet {
  readonly parameters: readonly Parameter[];
  /** Tried in order; the first that matches decides. */
  readonly rules: readonly Rule[];
}

/** One text for equal expressions. All functions are pure, so equal expressions have equal values. */
export function keyOf(expression: Expression): string {
  switch (expression.kind) {
    case "literal":
      return JSON.stringify(expression.value);
    case "template":
      return `template(${expression.parts.map((part) => (typeof part === "string" ? JSON.stringify(part) : keyOf(part))).join()})`;
    case "reference":
      return `$${expression.variable.id}`;
    case "attribute":
      return `${keyOf(expression.of)}#${JSON.stringify(expression.path)}`;
    case "call":
      return `${expression.fn}(${expression.argv.map(keyOf).join()})`;
  }
}
