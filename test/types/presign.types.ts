import { type CloudTrailClient, getTrail$, type GetTrailRequest } from "@clientsmith/cloudtrail";
import { presign, type PresignedRequest } from "@clientsmith/runtime/presign";
import { presignPost } from "@clientsmith/runtime/presign/post";
import { expectTypeOf } from "vitest";

declare const client: CloudTrailClient;

/** A presigned request has the input of its operation. */
export function presigned(): void {
  expectTypeOf(presign(client, getTrail$, { Name: "audit" })).toEqualTypeOf<Promise<PresignedRequest>>();
  expectTypeOf<Parameters<typeof presign<GetTrailRequest>>[2]>().toEqualTypeOf<GetTrailRequest>();
  // @ts-expect-error: there is no member Nmae
  void presign(client, getTrail$, { Name: "audit", Nmae: "audit" });
  // @ts-expect-error: Name is missing
  void presign(client, getTrail$, {});
  // @ts-expect-error: the time is in seconds, as a number
  void presign(client, getTrail$, { Name: "audit" }, { expiresIn: "1h" });
  // @ts-expect-error: it uploads no object
  void presignPost(client, getTrail$, { Name: "audit" });
}
