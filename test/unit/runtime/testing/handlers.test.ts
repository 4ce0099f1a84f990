import { describe, expectTypeOf, it } from "vitest";
import type { Handlers, RequestContext } from "#runtime/testing/index.js";
import type { Note, NotesModel } from "./support.js";

type NoteHandlers = Handlers<typeof NotesModel>;
type PutNote = NonNullable<NoteHandlers["putNote"]>;

describe("the types of handlers", () => {
  it("are those of the operations", () => {
    expectTypeOf<keyof NoteHandlers>().toEqualTypeOf<"putNote" | "deleteNote" | "ping" | "whoAmI">();
    expectTypeOf<Parameters<PutNote>>().toEqualTypeOf<[input: Note, context: RequestContext]>();
  });

  it("take optional members that are undefined, and promises", () => {
    expectTypeOf<{ Note: { Id: string; Text: undefined; At: Date } }>().toExtend<ReturnType<PutNote>>();
    expectTypeOf<{ Note: undefined }>().toExtend<ReturnType<PutNote>>();
    expectTypeOf<Promise<{ Note: Note }>>().toExtend<ReturnType<PutNote>>();
  });

  it("refuse what the model refuses", () => {
    expectTypeOf<{ Note: { Id: undefined } }>().not.toExtend<ReturnType<PutNote>>();
    expectTypeOf<{ Note: { Id: string; At: number } }>().not.toExtend<ReturnType<PutNote>>();
    expectTypeOf<undefined>().not.toExtend<ReturnType<PutNote>>();
  });
});
