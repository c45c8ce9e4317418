import { PersonClient } from "@cse/client";
import { exchange } from "./exchange";

let client: PersonClient | undefined;

/** What is this person's own: sign-ins, choices; apart from `exchange`, for few pages need it. */
export function account(): PersonClient {
  client ??= new PersonClient(exchange().calls);
  return client;
}
