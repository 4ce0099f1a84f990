import type { CredentialContext } from "../types.js";

/** What profiles that need requests depend on. */
export interface ProfileContext extends CredentialContext {
  /** Returns the code of an MFA device; absent if there is no user. */
  readonly mfaCodeProvider?: ((serialNumber: string) => Promise<string>) | undefined;
}
