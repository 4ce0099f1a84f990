import type {
  ClientOptions,
  TokenIdentity as OurToken,
  TokenIdentityProvider as OurTokens,
} from "@clientsmith/runtime";
import type {
  AwsCredentialIdentity,
  AwsCredentialIdentityProvider,
  Logger,
  TokenIdentity,
  TokenIdentityProvider,
} from "@smithy/types";
import { expectTypeOf } from "vitest";

type Credentials = NonNullable<ClientOptions["credentials"]>;
type OurProvider = Extract<Credentials, (...context: never[]) => unknown>;
type OurIdentity = Exclude<Credentials, OurProvider>;
type OurLogger = NonNullable<ClientOptions["logger"]>;

/** The runtime writes these types out; each takes the other's place, in both directions. */
export function mutual(): void {
  expectTypeOf<OurIdentity>().toEqualTypeOf<AwsCredentialIdentity>();
  expectTypeOf<AwsCredentialIdentity>().toExtend<OurIdentity>();
  expectTypeOf<OurIdentity>().toExtend<AwsCredentialIdentity>();
  expectTypeOf<AwsCredentialIdentityProvider>().toExtend<OurProvider>();
  expectTypeOf<OurProvider>().toExtend<AwsCredentialIdentityProvider>();
  expectTypeOf<OurToken>().toEqualTypeOf<TokenIdentity>();
  expectTypeOf<TokenIdentityProvider>().toExtend<OurTokens>();
  expectTypeOf<OurTokens>().toExtend<TokenIdentityProvider>();
  expectTypeOf<Logger>().toExtend<OurLogger>();
  expectTypeOf<OurLogger>().toExtend<Logger>();
  expectTypeOf<keyof OurLogger>().toEqualTypeOf<keyof Logger>();
  expectTypeOf<Console>().toExtend<OurLogger>();
}
