import { isJsonObject, type Json } from "../source/json.js";
import { quote } from "../source/quote.js";
import { inside, type PathLocation } from "../source/source.js";
import { type Api2Context, present, setTrait } from "./context.js";

const known: ReadonlySet<string> = new Set(
  "input_token output_token limit_key result_key more_results non_aggregate_keys".split(" "),
);

/**
 * Reads an entry of `paginators-1.json`. It becomes Smithy's trait if there is a single token. Anything else that the
 * classic service object needs is stored in a separate trait.
 */
export function readPaginator(operation: string, json: Json, location: PathLocation, context: Api2Context): void {
  const id = context.id(operation);
  const shape = context.shapes[id];
  if (shape?.["type"] !== "operation") {
    context.warn("unknown-operation", `There is no operation ${quote(operation)} to paginate.`, location, id);
    return;
  }
  context.warnOfOthers(json, known, location, id);
  const leaveOut = (why: string, key: string): void =>
    context.warn(
      "unusable-pagination",
      `The paginator of ${operation} is left out: ${why}.`,
      inside(location, key),
      id,
    );
  const inputTokens = texts(json["input_token"]);
  const outputTokens = texts(json["output_token"]);
  const [items] = texts(json["result_key"]) ?? [];
  const pageSize = typeof json["limit_key"] === "string" ? json["limit_key"] : undefined;
  const moreResults = typeof json["more_results"] === "string" ? json["more_results"] : undefined;
  if (!inputTokens || !outputTokens || inputTokens.length !== outputTokens.length) {
    return leaveOut("input_token and output_token must be as many names each", "input_token");
  }
  const has = (side: "input" | "output", path: string): boolean =>
    typeAt(shape[side], path.split("."), context) !== undefined;
  const missingInput = [...inputTokens, ...(pageSize === undefined ? [] : [pageSize])].find(
    (name) => !has("input", name),
  );
  if (missingInput !== undefined) return leaveOut(`the input has no member ${quote(missingInput)}`, "input_token");
  const expression = outputTokens.find((token) => !/^\w+(\.\w+)*$/.test(token));
  if (expression !== undefined) {
    return leaveOut(
      `its output token ${quote(expression)} is an expression, and only paths are supported`,
      "output_token",
    );
  }
  const missing = [...outputTokens, ...(moreResults === undefined ? [] : [moreResults])].find(
    (path) => !has("output", path),
  );
  if (missing !== undefined) return leaveOut(`the output has no member ${quote(missing)}`, "output_token");
  const hasItems =
    items !== undefined && ["list", "map"].includes(typeAt(shape["output"], items.split("."), context) ?? "");

  const [inputToken, ...furtherInputs] = inputTokens;
  const [outputToken, ...furtherOutputs] = outputTokens;
  if (inputToken !== undefined && outputToken !== undefined && furtherInputs.length === 0) {
    const trait = present({ inputToken, outputToken, pageSize, items: hasItems ? items : undefined });
    setTrait(id, "smithy.api#paginated", trait, context);
    if (moreResults !== undefined) setTrait(id, "clientsmith#lastPage", { moreResults }, context);
    return;
  }
  const further = furtherInputs.map((token, index) => ({
    inputToken: token,
    outputToken: furtherOutputs[index]?.split("."),
  }));
  const classic = present({
    // Without tokens there is only one page.
    inputToken: inputToken ?? "",
    outputToken: outputToken?.split(".") ?? [],
    items: hasItems ? items.split(".") : undefined,
    pageSize,
    further: further.length > 0 ? further : undefined,
    moreResults: moreResults?.split("."),
  });
  setTrait(id, "clientsmith.api2#pagination", classic, context);
}

/** A name or a list of names. Undefined if absent. */
function texts(value: unknown): readonly string[] | undefined {
  if (value === undefined) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.every((each) => typeof each === "string") ? list : undefined;
}

/** The type at a path in an input or output. */
function typeAt(side: unknown, [name = "", ...rest]: readonly string[], context: Api2Context): string | undefined {
  const target = targetOf(side);
  const members = target === undefined ? undefined : context.shapes[target]?.["members"];
  const member = isJsonObject(members) && Object.hasOwn(members, name) ? members[name] : undefined;
  if (member === undefined || rest.length > 0) return member === undefined ? undefined : typeAt(member, rest, context);
  const found = context.shapes[targetOf(member) ?? ""]?.["type"];
  return typeof found === "string" ? found : "simple";
}

function targetOf(reference: unknown): string | undefined {
  const target = isJsonObject(reference) ? reference["target"] : undefined;
  return typeof target === "string" ? target : undefined;
}
