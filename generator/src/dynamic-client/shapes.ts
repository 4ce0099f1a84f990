import { ServiceError, type StructureShape, type UnionShape } from "@clientsmith/runtime/codegen/v1";
import type { ServiceErrorClass } from "@clientsmith/runtime/protocol";
import type { ShapeId } from "../model/model.js";
import { describeEnum, describeShape, describeShapeOf, emptyStructure, type References } from "../ir/descriptor.js";
import type { ServiceIr, StructureIr } from "../ir/ir.js";

/** A service's shape descriptors. Generated modules declare them as constants. */
export class RuntimeShapes {
  readonly #service: ServiceIr;
  readonly #shapes = new Map<ShapeId, StructureShape | UnionShape>();
  readonly #enums = new Map<ShapeId, unknown>();
  readonly #errors = new Map<ShapeId, ServiceErrorClass>();
  readonly #references: References;

  constructor(service: ServiceIr) {
    this.#service = service;
    this.#references = {
      // As in generated modules, a shape that is declared later is referenced through a function.
      target: (id) => this.#shapes.get(id) ?? (() => this.#shapes.get(id)),
      enum: (id) => this.#enums.get(id),
    };
    for (const shape of service.shapes.values()) {
      if (shape.type === "enum" || shape.type === "intEnum") this.#enums.set(shape.id, describeEnum(shape));
    }
    const seen = new Set<ShapeId>();
    for (const id of service.shapes.keys()) this.#describe(id, seen);
    for (const error of service.errors) this.#errors.set(error.id, this.#errorClass(error));
  }

  /** An operation's input or output. */
  structure(shape: StructureIr | undefined): StructureShape {
    return (shape ? this.#shapes.get(shape.id) : emptyStructure) as StructureShape;
  }

  /** The class of a modelled error. */
  error(shape: StructureIr): ServiceErrorClass | undefined {
    return this.#errors.get(shape.id);
  }

  /** Describes the shapes that a shape refers to before the shape itself, except in cycles. */
  #describe(id: ShapeId, seen: Set<ShapeId>): void {
    if (seen.has(id)) return;
    seen.add(id);
    for (const target of this.#service.references.get(id) ?? []) this.#describe(target, seen);
    const shape = this.#service.shapes.get(id);
    if (shape?.type !== "structure" && shape?.type !== "union") return;
    // Tests verify that the described data has the runtime's types.
    this.#shapes.set(id, describeShapeOf(this.#service, shape, this.#references) as unknown as StructureShape);
  }

  #errorClass(error: StructureIr): ServiceErrorClass {
    const { protocol, names, outputs } = this.#service;
    const described = describeShape(error, protocol, this.#references, { outputs }) as unknown as StructureShape;
    const Modelled = class extends ServiceError {
      static readonly shape = described;
    };
    return Object.defineProperty(Modelled, "name", { value: names.errors.get(error.id) ?? error.name });
  }
}
