/** Text that holds another, for what both are to note. */
export function including(text: string): unknown {
  return { asymmetricMatch: (value: unknown) => typeof value === "string" && value.includes(text) };
}

export function anyOf(...texts: readonly string[]): unknown {
  return { asymmetricMatch: (value: unknown) => texts.includes(String(value)) };
}

export const anyNumber = { asymmetricMatch: (value: unknown) => typeof value === "number" };
