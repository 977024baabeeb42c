/**
 * - `notInstalled`: there is no `ssh-keygen`.
 * - `tooOld`: it cannot be handed a passphrase.
 * - `exists`: a file of this name was there, and still is as it was.
 * - `folder`: the folder cannot be made or written; `code` says why.
 * - `failed`: anything else. No key was made, as in all the others.
 */
export type SshKeygenErrorKind = "notInstalled" | "tooOld" | "exists" | "folder" | "failed";

export class SshKeygenError extends Error {
  override readonly name = "SshKeygenError";
  readonly kind: SshKeygenErrorKind;
  /** Of the system, such as `EACCES`. */
  readonly code: string | undefined;

  constructor(
    kind: SshKeygenErrorKind,
    message: string,
    { code, cause }: { readonly code?: string; readonly cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.kind = kind;
    this.code = code;
  }
}
