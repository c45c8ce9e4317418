import type { WebAuthnJson } from "@cse/client";

/** The person or the browser did not go through with it: nothing was made or shown. */
export class PasskeyDeclined extends Error {}

/** Passkeys belong to the name of a host, and this page was reached by another. */
export class PasskeyElsewhere extends Error {}

/** Whether this browser makes and uses passkeys; false while a page is built. */
export function knowsPasskeys(): boolean {
  return typeof PublicKeyCredential !== "undefined" && "parseCreationOptionsFromJSON" in PublicKeyCredential;
}

/** Has the browser make a passkey. */
export async function makePasskey(options: WebAuthnJson): Promise<WebAuthnJson> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as unknown as PublicKeyCredentialCreationOptionsJSON,
  );
  return answered(() => navigator.credentials.create({ publicKey }));
}

/** Has the browser show a passkey. */
export async function showPasskey(options: WebAuthnJson): Promise<WebAuthnJson> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as unknown as PublicKeyCredentialRequestOptionsJSON,
  );
  return answered(() => navigator.credentials.get({ publicKey }));
}

async function answered(ask: () => Promise<Credential | null>): Promise<WebAuthnJson> {
  let credential: Credential | null;
  try {
    credential = await ask();
  } catch (error) {
    if (error instanceof DOMException && error.name === "SecurityError") throw new PasskeyElsewhere();
    throw new PasskeyDeclined();
  }
  if (credential === null) throw new PasskeyDeclined();
  return (credential as PublicKeyCredential).toJSON() as unknown as WebAuthnJson;
}
