import { ApiError } from "@cse/client";
import type { OrderRefusal } from "./types";

/** A refusal as the error it came from, so that it is put into words like any other. */
export function refusalError({ code, sentence, reference }: OrderRefusal): ApiError {
  return new ApiError(422, {
    code,
    detail: sentence,
    money: "none",
    ...(reference && { instance: reference }),
  });
}
