import { type EventErrors, EventUnion } from "../../event-streams/events.js";
import type { EventStreamData } from "../../features/event-stream-output.js";
import { withoutEventStreams } from "../../features/support/without-event-streams.js";
import { fillDefaults } from "../../schema/defaults.js";
import type { Operation, Service } from "../../schema/service.js";
import type { StructureShape } from "../../schema/shapes.js";
import { oncePer } from "../../schema/values.js";

/** The event stream of an input or an output. */
export interface EventStreamOf {
  /** Name of the member. */
  readonly member: string;
  readonly union: EventUnion;
  /** Members of the union that are errors: event type → name of the error's shape. */
  readonly errors: EventErrors;
}

export interface EventStreams {
  readonly input: EventStreamOf | undefined;
  readonly output: EventStreamOf | undefined;
  /** The operation without them. */
  readonly plain: Operation;
}

const known = oncePer((service: Service) => ({ of: oncePer((operation: Operation) => compile(operation, service)) }));

/** The event streams of an operation, by its features. */
export function eventStreamsOf(operation: Operation, service: Service): EventStreams {
  return known(service).of(operation);
}

function compile(operation: Operation, service: Service): EventStreams {
  const { features = [], input, output } = operation;
  const plain = withoutEventStreams(operation);
  const find = (name: string, shape: StructureShape): EventStreamOf | undefined => {
    const data = features.find((feature) => feature.name === name)?.data as EventStreamData | undefined;
    const member = data && shape.members[data.member];
    if (!member || !("events" in member)) return undefined;
    const { errors = {} } = data;
    const base = service.protocol.compile(plain, service);
    return {
      member: data.member,
      errors,
      union: new EventUnion(member, errors, base, operation, service, fillDefaults),
    };
  };
  return { plain, input: find("event-stream-input", input), output: find("event-stream-output", output) };
}
