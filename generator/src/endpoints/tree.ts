/**
 * Validated endpoint rules: all names are resolved and all expressions typed. Both forms of rules,
 * `smithy.rules#endpointRuleSet` and `smithy.rules#endpointBdd`, are converted to this tree.
 */

export type ParameterType = "string" | "boolean" | "stringArray";
export type RecordType = "Partition" | "Arn" | "Url";
export type ValueType = ParameterType | "integer" | RecordType;

/** A type, and whether the value may be unset. */
export interface Typed {
  readonly type: ValueType;
  readonly optional: boolean;
}

/** A parameter, or the variable that a condition assigns. Two variables of one name have different values. */
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
  /** Source of the value in a client: `AWS::Region`. */
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

/** `getAttr`. A number is an index. A negative index counts from the end. */
export interface Attribute extends Typed {
  readonly kind: "attribute";
  readonly of: Expression;
  readonly path: readonly (string | number)[];
}

/** A function call. `or` is not a function of the rules engine: it results from merging rules with the same result. */
export interface Call extends Typed {
  readonly kind: "call";
  readonly fn: string;
  readonly argv: readonly Expression[];
}

export type Expression = Literal | Template | Reference | Attribute | Call;

/** A condition. It holds if its value is neither unset nor false. Its variable can be used from then on. */
export interface Condition {
  readonly value: Expression;
  readonly assign: Variable | undefined;
  /** The condition is not in the model, but implied by it. */
  readonly implied?: true;
}

/** A value in an endpoint's properties. */
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

/** If its conditions hold, one of its rules must match. The rules after it are not tried. */
export interface TreeRule extends RuleBase {
  readonly kind: "tree";
  readonly rules: readonly Rule[];
}

/** If its conditions hold, a shared function decides. Its parameters are the variables that only some paths set. */
export interface SharedRule extends RuleBase {
  readonly kind: "shared";
  /** The function's name. */
  readonly name: string;
  readonly argv: readonly Expression[];
  /** The function returns an error to throw. */
  readonly throws?: boolean;
}

export type Rule = EndpointRule | ErrorRule | TreeRule | SharedRule;

/** Rules that are reached by several paths. */
export interface RuleFunction {
  readonly name: string;
  readonly parameters: readonly Reference[];
  readonly rules: readonly Rule[];
  /** The function returns the error of its only rule, for the caller to throw. */
  readonly throws?: boolean;
}

export interface RuleSet {
  readonly parameters: readonly Parameter[];
  /** Rules in order. The first one that matches decides. */
  readonly rules: readonly Rule[];
}

/** Key of an expression. Equal expressions have equal keys, and, because functions are pure, equal values. */
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
