import type { ServiceIr } from "clientsmith/plugin";
import type { Namer } from "./names.js";

/** The section of the package's README. */
export function readmeText(ir: ServiceIr, namer: Namer, packageName: string): string {
  const rows = ir.operations.flatMap((operation) => {
    const { query, infiniteQuery, mutation } = namer.of(operation);
    const names = [query, infiniteQuery, mutation].filter((name) => name !== undefined);
    const called = ir.names.operations.get(operation.id)?.function ?? "";
    return names.length === 0 ? [] : [`| \`${called}\` | ${names.map((name) => `\`${name}\``).join(", ")} |`];
  });
  return `## TanStack Query

\`${packageName}/tanstack-query\` exports options for [TanStack Query](https://tanstack.com/query), for every framework that it
supports: \`useQuery(options)\`, \`useInfiniteQuery(options)\`, \`useMutation(options)\` or \`queryClient.fetchQuery(options)\`. A query
that is cancelled aborts its call. The client retries, so that the options do not.

| Function | Options |
| --- | --- |
${rows.join("\n")}`;
}
