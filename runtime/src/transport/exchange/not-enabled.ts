/** Error for a streaming body in a program without the code for it. */
export function notEnabled(): Error {
  return new Error(
    "Call enableStreaming() of @clientsmith/runtime/transport/streaming before a streaming body is sent or received.",
  );
}
