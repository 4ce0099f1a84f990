import { ClientsmithError, type ErrorFields } from "./base.js";

/** One breach of the model in an input. */
export interface ValidationIssue {
  /** Where: member names and list indices from the input down, e.g. `["TagsList", 0, "Key"]`. */
  readonly path: readonly (string | number)[];
  /** Which rule: a constraint trait's name, or `type`, `unknown`. */
  readonly rule: "required" | "type" | "unknown" | "length" | "range" | "pattern" | "enum" | "uniqueItems" | "union";
  /** What is wrong and what is wanted, in a sentence that holds no sensitive value. */
  readonly message: string;
}

/** The input breaks the model: all breaches at once, found before credentials are looked up or anything is sent. */
export class ValidationError extends ClientsmithError {
  static readonly errorCode = "Validation";
  override readonly name = "ValidationError";
  readonly code = "Validation";
  readonly issues: readonly ValidationIssue[];

  constructor(shapeName: string, issues: readonly ValidationIssue[], fields?: ErrorFields) {
    const lines = issues.map((issue) => `\n  ${formatPath(issue.path)}: ${issue.message}`);
    super(
      `${shapeName} has ${issues.length === 1 ? "1 problem" : `${issues.length} problems`}:${lines.join("")}`,
      fields,
    );
    this.issues = issues;
  }
}

/** `TagsList[0].Key`; `(input)` for the value itself. */
export function formatPath(path: readonly (string | number)[]): string {
  if (path.length === 0) return "(input)";
  return path
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      if (!/^[A-Za-z_$][\w$]*$/.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}
