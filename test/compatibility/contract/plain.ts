/** A value as data that can be compared: what differs by chance or by make, but not in meaning, is made the same. */
export function plain(value: unknown, url: string): unknown {
  const host = new URL(url).host;
  const seen = new Set<object>();
  const visit = (item: unknown): unknown => {
    if (item === undefined) return "(undefined)";
    if (typeof item === "string")
      return item
        .replaceAll(host, "HOST")
        .replaceAll("127.0.0.1", "HOSTNAME")
        .replaceAll(host.split(":")[1] ?? "", "PORT");
    if (typeof item === "function") return "(function)";
    if (typeof item !== "object" || item === null) return item;
    if (item instanceof Error) return visitError(item);
    if (item instanceof Date) return { date: item.toISOString() };
    if (Buffer.isBuffer(item)) return { buffer: item.toString() };
    if ("httpResponse" in item) return "(Response)";
    if ("httpRequest" in item) return "(Request)";
    if (seen.has(item)) return "(again)";
    seen.add(item);
    if (Array.isArray(item)) return item.map(visit);
    return Object.fromEntries(
      Object.entries(item)
        .filter(([name]) => name !== "date")
        .map(([name, part]) => [name, visit(part)]),
    );
  };
  const visitError = (error: Error): object => {
    const { code, retryable, statusCode, requestId, errors, retryDelay } = error as Error & Record<string, unknown>;
    return {
      code,
      message: visit(error.message),
      name: error.name,
      retryable,
      statusCode,
      requestId,
      ...(typeof retryDelay === "number" && { isDelayed: true }),
      ...(Array.isArray(errors) && { errors: errors.map(visit) }),
    };
  };
  return visit(value);
}
