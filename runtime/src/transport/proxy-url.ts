/** Whether requests can be sent over what a text names. */
export function isProxyUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
