/**
 * Loads the undici transport if the package is installed. The name is not a literal, so that bundlers do not find it:
 * undici would be four fifths of a bundle.
 */
export async function loadUndici(): Promise<typeof import("./undici/index.js")> {
  return (await import(/* webpackIgnore: true */ /* @vite-ignore */ name)) as typeof import("./undici/index.js");
}

const name: string = "@clientsmith/runtime/transport/undici";
