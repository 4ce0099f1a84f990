import type { ShapeId } from "../model.js";

const identifier = "(?:_+[A-Za-z0-9]|[A-Za-z])[A-Za-z0-9_]*";
const shapeId = new RegExp(`^${identifier}(?:\\.${identifier})*#${identifier}$`);
const memberId = new RegExp(`^${identifier}(?:\\.${identifier})*#${identifier}\\$${identifier}$`);
const name = new RegExp(`^${identifier}$`);

/** @see https://smithy.io/2.0/spec/model.html#shape-id-abnf */
export const isShapeId = (text: string): boolean => shapeId.test(text);
export const isMemberId = (text: string): boolean => memberId.test(text);
export const isIdentifier = (text: string): boolean => name.test(text);

/** The shape ID without its namespace. */
export function nameOf(id: ShapeId): string {
  return id.slice(id.indexOf("#") + 1);
}
