/**
 * Services take version 4, and nothing else is written here.
 *
 * @throws Error for another version
 */
export function checkSignatureVersion(version: string | null | undefined): void {
  if (version === undefined || version === null || /^(s3)?v4$/.test(version)) return;
  throw new Error(`The option signatureVersion is "${version}", and only "v4" is supported: leave it out`);
}
