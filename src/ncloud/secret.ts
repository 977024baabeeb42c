import { inspect } from "node:util";

/**
 * A value that must not be seen: a secret key, or the primary or secondary value of an API key.
 * Printing, logging, inspecting or serialising it gives a placeholder, so that a secret leaves this
 * object only where `reveal` is called. Those calls are the complete list of places to review.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself, for a signature, a request header, SecretStorage or the clipboard. */
  reveal(): string {
    return this.#value;
  }

  equals(other: Secret): boolean {
    return this.#value === other.#value;
  }

  toString(): string {
    return "[secret]";
  }

  toJSON(): string {
    return "[secret]";
  }

  [inspect.custom](): string {
    return "[secret]";
  }
}

/** What may be shown of a secret: its last four characters, and none of a value too short to hide. */
export function maskSecret(secret: Secret): string {
  const value = secret.reveal();
  return `••••${value.length >= 16 ? value.slice(-4) : ""}`;
}
