export type KeychainErrorKind =
  /** The keychain refused or broke. */
  | "failed"
  /** The keychain did not answer in time. */
  | "timeout"
  | "missing"
  | "unreadable"
  | "newerVersion";

/** The computer's keychain did not do what was asked of it. */
export class KeychainError extends Error {
  override readonly name = "KeychainError";
  readonly kind: KeychainErrorKind;
  readonly step: "read" | "write" | "delete" | undefined;

  constructor(kind: KeychainErrorKind, step?: "read" | "write" | "delete", cause?: unknown) {
    super(`Keychain: ${kind}${step ? ` on ${step}` : ""}`, { cause });
    this.kind = kind;
    this.step = step;
  }
}

/** Milliseconds. A keychain that asks the user to unlock it takes as long as the user does. */
export const keychainTimeLimit = 60_000;

/** Asks the keychain, which may throw at once, reject, or never answer. */
export async function withinKeychainLimit<T>(
  step: "read" | "write" | "delete",
  ask: () => Thenable<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new KeychainError("timeout", step)), keychainTimeLimit);
  });
  try {
    return await Promise.race([ask(), limit]);
  } catch (cause) {
    throw cause instanceof KeychainError ? cause : new KeychainError("failed", step, cause);
  } finally {
    clearTimeout(timer);
  }
}
