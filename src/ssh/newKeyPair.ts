import { takesAskpass, type OpenSshVersion } from "./openSshVersion.ts";

/** The types of key that are offered, the best first. */
export const newKeyTypes = ["ed25519", "rsa", "ecdsa"] as const;

export type NewKeyType = (typeof newKeyTypes)[number];

/**
 * The sizes, in bits. ECDSA is on the curve P-521, as NSML's page misprints the name of P-256 and a
 * server may have taken that over.
 */
export const newKeyBits: Readonly<Record<NewKeyType, number>> = {
  ed25519: 256,
  rsa: 4096,
  ecdsa: 521,
};

/** A key pair that is to be made. */
export interface NewKeyPair {
  readonly type: NewKeyType;
  /** Of the private key; the public key's has `.pub` after it. */
  readonly fileName: string;
  readonly comment: string;
  /** Undefined for a private key that is not encrypted. */
  readonly passphrase: { reveal(): string } | undefined;
}

/** The file name that is proposed: one that is free. */
export function suggestFileName(type: NewKeyType, isTaken: (fileName: string) => boolean): string {
  const name = `id_${type}_nsml`;
  if (!isTaken(name)) return name;
  let number = 2;
  while (isTaken(`${name}_${number}`)) number++;
  return `${name}_${number}`;
}

export type FileNameProblem =
  | { readonly kind: "empty" }
  | { readonly kind: "badCharacter"; readonly character: string }
  | { readonly kind: "badStart" }
  | { readonly kind: "publicSuffix" }
  | { readonly kind: "reserved" }
  | { readonly kind: "tooLong" };

/** Systems take 255 bytes, of which the name of the public key needs four more. */
const maxFileNameBytes = 200;

/** What OpenSSH keeps in its folder under names of its own, and what Windows takes for a device. */
const reserved =
  /^(config|environment|rc|known_hosts|known_hosts2|authorized_keys|authorized_keys2|(con|prn|aux|nul|com\d|lpt\d)(\..*)?)$/i;

/** What is wrong with a file name, which is one that a shell and a config file take as it is. */
export function checkFileName(name: string): FileNameProblem | undefined {
  if (name === "") return { kind: "empty" };
  const [bad] = /[^\p{L}\p{M}\p{N}._@+-]/u.exec(name) ?? [];
  if (bad !== undefined) return { kind: "badCharacter", character: bad };
  if (!/^[\p{L}\p{N}_]/u.test(name)) return { kind: "badStart" };
  if (/\.pub$/i.test(name)) return { kind: "publicSuffix" };
  if (reserved.test(name)) return { kind: "reserved" };
  return Buffer.byteLength(name) > maxFileNameBytes ? { kind: "tooLong" } : undefined;
}

/** `ssh-keygen` takes 1023 bytes; a comment that long is none. */
export const maxCommentLength = 200;

export type CommentProblem = "controlCharacter" | "tooLong";

export function checkComment(comment: string): CommentProblem | undefined {
  if (/\p{Cc}/u.test(comment)) return "controlCharacter";
  return comment.length > maxCommentLength ? "tooLong" : undefined;
}

/** Fewer characters are refused by `ssh-keygen` where it writes the older formats. */
export const minPassphraseLength = 5;

/** OpenSSH reads no more than 1023 bytes of what an askpass program prints. */
export const maxPassphraseBytes = 999;

export type PassphraseProblem = "tooOld" | "controlCharacter" | "tooShort" | "tooLong";

/**
 * What is wrong with a passphrase. An empty one means that none is wanted.
 *
 * @param version of the OpenSSH that is to take it, as far as it is known
 */
export function checkPassphrase(
  passphrase: string,
  version: OpenSshVersion | undefined,
): PassphraseProblem | undefined {
  if (passphrase === "") return undefined;
  if (version && !takesAskpass(version)) return "tooOld";
  if (/\p{Cc}/u.test(passphrase)) return "controlCharacter";
  if (passphrase.length < minPassphraseLength) return "tooShort";
  return Buffer.byteLength(passphrase) > maxPassphraseBytes ? "tooLong" : undefined;
}
