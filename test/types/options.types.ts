import { CloudTrail, CloudTrailClient, type CloudTrailClientOptions } from "@clientsmith/cloudtrail";
import type { CallOptions, ClientOptions } from "@clientsmith/runtime";
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import { expectTypeOf } from "vitest";

type Credentials = NonNullable<CloudTrailClientOptions["credentials"]>;

/** Credentials: whatever the ecosystem's providers give. `credential-providers.test.ts` tries the real ones. */
export function credentials(): void {
  expectTypeOf<AwsCredentialIdentity>().toExtend<Credentials>();
  expectTypeOf<AwsCredentialIdentityProvider>().toExtend<Credentials>();
  expectTypeOf<(context?: { callerClientConfig?: object }) => Promise<AwsCredentialIdentity>>().toExtend<Credentials>();
  expectTypeOf<
    () => Promise<{ accessKeyId: string; secretAccessKey: string; expiration: Date }>
  >().toExtend<Credentials>();
  expectTypeOf<{ accessKeyId: string }>().not.toExtend<Credentials>();
  expectTypeOf<() => Promise<{ accessKeyId: string }>>().not.toExtend<Credentials>();
}

type Unset<T> = { readonly [Name in keyof T]-?: undefined };

export function options(): void {
  expectTypeOf<CloudTrailClientOptions>().toExtend<ClientOptions>();
  expectTypeOf<ConstructorParameters<typeof CloudTrail>>().toEqualTypeOf<
    [options?: CloudTrailClientOptions | undefined]
  >();
  expectTypeOf<CloudTrail>().toExtend<CloudTrailClient>();
  expectTypeOf<CallOptions["signal"]>().toEqualTypeOf<AbortSignal | undefined>();
  expectTypeOf(new CloudTrailClient().close).returns.toEqualTypeOf<Promise<void>>();
  expectTypeOf<ClientOptions["logger"]>().not.toBeAny();

  void new CloudTrailClient({ region: "us-east-1", maxAttempts: 2, validation: { pattern: true }, deadline: 1000 });
  // What is undefined is absent: options are often read from somewhere. (The compiler's exactOptionalPropertyTypes is on.)
  expectTypeOf<Unset<CloudTrailClientOptions>>().toExtend<CloudTrailClientOptions>();
  expectTypeOf<Unset<CallOptions>>().toExtend<CallOptions>();
  void new CloudTrailClient({ region: process.env["AWS_REGION"], proxy: undefined });
  // @ts-expect-error: there is no such option
  void new CloudTrailClient({ regoin: "us-east-1" });
  // @ts-expect-error: an option has another type
  void new CloudTrailClient({ maxAttempts: "2" });
}
