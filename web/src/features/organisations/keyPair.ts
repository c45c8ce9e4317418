const ALGORITHM = "Ed25519";
/** What stands before the 32 bytes of a private key in PKCS 8. */
const PKCS8_HEAD_BYTES = 16;

/** The two halves of a key, each 32 bytes in base64. */
interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** A pair that is made in this browser; null where it has no means to. */
export async function makeKeyPair(): Promise<KeyPair | null> {
  try {
    const made = (await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"])) as CryptoKeyPair;
    const whole = await crypto.subtle.exportKey("pkcs8", made.privateKey);
    return {
      publicKey: base64(await crypto.subtle.exportKey("raw", made.publicKey)),
      privateKey: base64(whole.slice(PKCS8_HEAD_BYTES)),
    };
  } catch {
    // An older browser, or a page that came without TLS.
    return null;
  }
}

function base64(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
