/** Whether a value is an object of any kind, such as an array or a date. */
export function isAnyObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
