import { AccountClient } from "@cse/client";
import { exchange } from "./exchange";

let client: AccountClient | undefined;

/** How this tab's person guards their account; apart from `exchange`, for few pages need it. */
export function account(): AccountClient {
  client ??= new AccountClient(exchange().calls);
  return client;
}
