import type { ShapeId } from "../model/model.js";
import type { Diagnostic } from "../diagnostics.js";

/** Collects rejected patterns, so that each is reported once, however many shapes have it. */
export class RejectedPatterns {
  readonly #shapes = new Map<string, Set<ShapeId>>();

  /** @param reason why the pattern is rejected, with its text */
  add(reason: string, id: ShapeId): void {
    const shapes = this.#shapes.get(reason);
    if (shapes) shapes.add(id);
    else this.#shapes.set(reason, new Set([id]));
  }

  /** One warning for each pattern, at the first shape that has it. */
  warnings() {
    return [...this.#shapes].map(([reason, shapes]) => {
      const [shapeId = ""] = shapes;
      const others = shapes.size - 1;
      const locations =
        others === 0 ? "" : ` ${others} other ${others === 1 ? "shape has" : "shapes have"} the same pattern.`;
      const message = `The client does not check this pattern: ${reason}.${locations}`;
      return { severity: "warning", code: "unsupported-pattern", shapeId, message } as const satisfies Diagnostic;
    });
  }
}
