import type { ClassicWaiter } from "@clientsmith/runtime/classic";
import type { AcceptorIr, ServiceIr } from "../ir/ir.js";
import { lowerFirst } from "../ir/names.js";
import { words } from "../emit/views/paths.js";
import { evaluateMatcher } from "./jmespath.js";

type Acceptor = ClassicWaiter["acceptors"][number];

/** A service's waiters by state: `tableExists`. */
export function runtimeWaiters({ operations, names }: ServiceIr): Record<string, ClassicWaiter> {
  return Object.fromEntries(
    operations.flatMap(({ id, waiters }) =>
      waiters.map(({ name, minDelay, maxDelay, maxAttempts, acceptors }) => [
        lowerFirst(name),
        {
          name,
          minDelay,
          maxDelay,
          ...(maxAttempts !== undefined && { maxAttempts }),
          acceptors: acceptors.map(acceptorOf),
          operation: names.operations.get(id)?.function ?? "",
        },
      ]),
    ),
  );
}

function acceptorOf({ state, matcher }: AcceptorIr): Acceptor {
  if (matcher.kind === "success") return { state, success: matcher.success };
  if (matcher.kind === "errorType") return { state, errorType: matcher.name };
  if (matcher.kind === "status") return { state, status: matcher.status };
  const holds = evaluateMatcher(matcher);
  return {
    state,
    when: words(matcher),
    output: (output, input) => holds(matcher.kind === "output" ? output : { input, output }),
  };
}
