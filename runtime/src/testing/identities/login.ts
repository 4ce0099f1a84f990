/** A user name and a password that a local service accepts; every `LoginIdentity` is assignable. */
export interface LocalLogin {
  readonly username: string;
  readonly password: string;
}
