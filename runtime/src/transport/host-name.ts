/** The host name of a URL for Node's sockets: URLs have brackets around an IPv6 address, Node expects none. */
export function hostNameOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}
