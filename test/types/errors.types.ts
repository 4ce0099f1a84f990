import {
  type CloudTrailClient,
  getTrail,
  type GetTrailError,
  type LookupEventsError,
  ThrottlingException,
  TrailNotFoundException,
} from "@clientsmith/cloudtrail";
import {
  type ClientsmithError,
  isClientsmithError,
  isServiceError,
  type ServiceError,
  ValidationError,
  type ValidationIssue,
} from "@clientsmith/runtime";
import { expectTypeOf } from "vitest";

declare const client: CloudTrailClient;
declare const thrown: unknown;

/** What is caught is narrowed by a guard, a class or a name. */
export async function narrowing(): Promise<void> {
  try {
    await getTrail(client, { Name: "audit" });
  } catch (error) {
    if (error instanceof TrailNotFoundException) {
      expectTypeOf(error).toEqualTypeOf<TrailNotFoundException>();
      expectTypeOf(error.name).toEqualTypeOf<"TrailNotFoundException">();
      expectTypeOf(error.status).toEqualTypeOf<number | undefined>();
      expectTypeOf(error.fault).toEqualTypeOf<"client" | "server">();
    } else if (error instanceof ValidationError) {
      expectTypeOf<ValidationError["code"]>().toEqualTypeOf<"Validation">();
      expectTypeOf(error.issues).toEqualTypeOf<readonly ValidationIssue[]>();
    } else if (isServiceError(error)) {
      expectTypeOf(error).toEqualTypeOf<ServiceError>();
    } else if (isClientsmithError(error)) {
      expectTypeOf(error).toExtend<ClientsmithError>();
    }
  }
  if (isServiceError(thrown, "TrailNotFoundException")) expectTypeOf(thrown).toExtend<ServiceError>();
}

/** The errors of an operation are a union whose names tell them apart, so that a switch can be exhaustive. */
export function unions(error: GetTrailError): string {
  expectTypeOf<TrailNotFoundException>().toExtend<GetTrailError>();
  expectTypeOf<ThrottlingException>().not.toExtend<GetTrailError>();
  expectTypeOf<LookupEventsError["name"]>().toEqualTypeOf<
    | "InvalidEventCategoryException"
    | "InvalidLookupAttributesException"
    | "InvalidMaxResultsException"
    | "InvalidNextTokenException"
    | "InvalidTimeRangeException"
    | "OperationNotPermittedException"
    | "UnsupportedOperationException"
  >();
  switch (error.name) {
    case "TrailNotFoundException":
      expectTypeOf(error).toEqualTypeOf<TrailNotFoundException>();
      return error.Message ?? error.message;
    case "CloudTrailARNInvalidException":
    case "InvalidTrailNameException":
    case "OperationNotPermittedException":
    case "UnsupportedOperationException":
      return error.message;
    default:
      expectTypeOf(error).toBeNever();
      return error;
  }
}

/** The codes of our own errors are a closed set. */
export function codes(error: ClientsmithError): string {
  switch (error.code) {
    case "Validation":
    case "Configuration":
    case "Credentials":
    case "Endpoint":
    case "Connection":
    case "Timeout":
    case "Aborted":
    case "UnexpectedResponse":
    case "Service":
    case "Pagination":
    case "Waiter":
      return error.message;
    default:
      expectTypeOf(error.code).toBeNever();
      return error.code;
  }
}
