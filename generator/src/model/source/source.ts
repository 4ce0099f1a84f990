/** A file and its text. */
export interface Source {
  /** Name of the file, as given by the caller. */
  readonly file: string;
  readonly text: string;
}

/** A location in a file: a path of keys in its JSON, or an offset. */
export type SourceLocation = { readonly source: Source } & ({ readonly path: Path } | { readonly offset: number });

export type Path = readonly (string | number)[];

/** A location by its path. */
export interface PathLocation {
  readonly source: Source;
  readonly path: Path;
}

/** The location of a value inside. */
export function inside({ source, path }: PathLocation, ...keys: Path): PathLocation {
  return { source, path: [...path, ...keys] };
}

/** Removes the byte order mark, which JSON does not allow but files may have. */
export function withoutMark(source: Source): Source {
  return source.text.startsWith("\uFEFF") ? { file: source.file, text: source.text.slice(1) } : source;
}
