import { ApiError } from "@cse/client";

/** Why an order was not taken in: the stable code, the server's sentence and the reference to quote. */
export interface OrderRefusal {
  code: string;
  sentence: string;
  reference: string | null;
}

/** A refusal as the error it came from, so that it is put into words like any other. */
export function refusalError({ code, sentence, reference }: OrderRefusal): ApiError {
  return new ApiError(422, {
    code,
    detail: sentence,
    money: "none",
    ...(reference && { instance: reference }),
  });
}
