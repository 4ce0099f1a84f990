import type { Readable } from "node:stream";
import { describe, expectTypeOf, it } from "vitest";
import type { Operation } from "#runtime/schema/service.js";
import type { StreamingBody, StreamingInput } from "#runtime/streams/types.js";
import { type Handler, type Handlers, paginated, type RequestContext } from "#runtime/testing/index.js";
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

  it("reject what the model rejects", () => {
    expectTypeOf<{ Note: { Id: undefined } }>().not.toExtend<ReturnType<PutNote>>();
    expectTypeOf<{ Note: { Id: string; At: number } }>().not.toExtend<ReturnType<PutNote>>();
    expectTypeOf<undefined>().not.toExtend<ReturnType<PutNote>>();
  });

  it("are the same for handlers that return all items", () => {
    const handlers: NoteHandlers = {
      putNote: paginated(
        (input, context) => {
          expectTypeOf(input).toEqualTypeOf<Note>();
          expectTypeOf(context).toEqualTypeOf<RequestContext>();
          return Promise.resolve({ Note: { Id: "n1", Tags: [] } });
        },
        {
          complete: (page) => {
            expectTypeOf(page).toEqualTypeOf<Awaited<ReturnType<PutNote>>>();
            return page;
          },
        },
      ),
      // @ts-expect-error the output has another type
      whoAmI: paginated(() => ({ Name: 5 })),
    };
    expectTypeOf(handlers).toEqualTypeOf<NoteHandlers>();
  });

  it("receive streams as bodies, and return any source of bytes", () => {
    type Copy = Handler<
      Operation<{ Name: string; Body?: StreamingInput | undefined; Text: string }, { Body: StreamingBody }>
    >;
    expectTypeOf<Parameters<Copy>[0]["Body"]>().toEqualTypeOf<StreamingBody | undefined>();
    expectTypeOf<Parameters<Copy>[0]["Name"]>().toEqualTypeOf<string>();
    expectTypeOf<{ Body: Uint8Array }>().toExtend<ReturnType<Copy>>();
    expectTypeOf<{ Body: Readable }>().toExtend<ReturnType<Copy>>();
    expectTypeOf<{ Body: number }>().not.toExtend<ReturnType<Copy>>();
  });
});
