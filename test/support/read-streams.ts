import type { StreamingBody } from "#runtime/streams/types.js";

/** An output with bytes in place of streaming bodies, and without empty ones, as if it were buffered. */
export async function readStreams(output: object): Promise<Record<string, unknown>> {
  const members = await Promise.all(
    Object.entries(output).map(async ([name, value]: [string, unknown]) => {
      if (!isStream(value)) return [[name, value]];
      const bytes = await value.bytes();
      return bytes.byteLength === 0 ? [] : [[name, bytes]];
    }),
  );
  return Object.fromEntries(members.flat() as [string, unknown][]);
}

function isStream(value: unknown): value is StreamingBody {
  return typeof (value as Partial<StreamingBody> | null)?.bytes === "function";
}
