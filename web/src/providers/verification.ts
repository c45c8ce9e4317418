import { ReviewClient, VerificationClient } from "@cse/client";
import { exchange } from "./exchange";

let own: VerificationClient | undefined;
let reviews: ReviewClient | undefined;

/** What a person does to be verified. */
export function verification(): VerificationClient {
  own ??= new VerificationClient(exchange().calls);
  return own;
}

/** What reviewers do. */
export function review(): ReviewClient {
  reviews ??= new ReviewClient(exchange().calls);
  return reviews;
}
