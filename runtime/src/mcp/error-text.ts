import { isServiceError } from "../errors/service.js";
import type { Operation } from "../schema/service.js";

/** An error as the text of a result. The message of a modelled error may be sensitive. */
export function errorText(operation: Operation | undefined, error: Error): string {
  const shape = operation?.errors?.find((each) => each.shape.name === error.name)?.shape;
  const isSecret = isServiceError(error) && shape?.members["message"]?.sensitive === true;
  return isSecret ? error.name : `${error.name}: ${error.message}`;
}
