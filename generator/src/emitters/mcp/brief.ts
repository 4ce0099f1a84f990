/** Characters of a tool's description: some clients accept no more. */
const most = 1024;

/** The first paragraphs of a text that fit into a tool's description. */
export function briefText(text: string): string {
  const paragraphs = text.split("\n\n");
  let brief = paragraphs[0] ?? "";
  for (const paragraph of paragraphs.slice(1)) {
    if (brief.length + 2 + paragraph.length > most) break;
    brief += `\n\n${paragraph}`;
  }
  return brief.length > most ? `${brief.slice(0, most - 1)}…` : brief;
}

/** A schema whose descriptions have one paragraph each: every client reads all tools, which takes its context. */
export function briefSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(briefSchema);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key === "default") return [key, value];
      if (key === "description" && typeof value === "string") return [key, value.split("\n\n")[0]];
      return [key, briefSchema(value)];
    }),
  );
}
