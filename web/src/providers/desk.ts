import { DeskClient } from "@cse/client";
import { exchange } from "./exchange";

let client: DeskClient | undefined;

/** What operators do, and what they tell everybody. */
export function desk(): DeskClient {
  client ??= new DeskClient(exchange().calls);
  return client;
}
