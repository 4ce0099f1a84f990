/** A file as it was read. */
export interface Source {
  /** As the caller names it. */
  readonly file: string;
  readonly text: string;
}

/** A place in a file: a path of keys into its JSON, or, where there is no such path, an offset. */
export type Place = { readonly source: Source } & ({ readonly path: Path } | { readonly offset: number });

export type Path = readonly (string | number)[];

/** A place by its path. */
export interface PathPlace {
  readonly source: Source;
  readonly path: Path;
}

/** The place of something inside. */
export function inside({ source, path }: PathPlace, ...keys: Path): PathPlace {
  return { source, path: [...path, ...keys] };
}

/** JSON has no byte order mark; files do. */
export function withoutMark(source: Source): Source {
  return source.text.startsWith("\uFEFF") ? { file: source.file, text: source.text.slice(1) } : source;
}
