import { maxPassphraseBytes } from "./newKeyPair.ts";

/*
 * OpenSSH asks an askpass program for a passphrase and takes the first line that it prints. The
 * program inherits the input of `ssh-keygen`, and there the passphrase waits: in a pipe that has no
 * name, so that it is in no file, no argument and no variable, and nobody else can ask for it.
 * `ssh-keygen` starts the program once for every question, so the input is made of blocks of one
 * size, and each start reads one.
 */

/** A first byte of its own, the passphrase, and line feeds up to the end, one at least. */
const blockBytes = 1 + maxPassphraseBytes + 1;

/**
 * The input from which `count` questions are answered. `ssh-keygen` itself would read it only to
 * ask whether to overwrite a file: the first byte is that answer.
 */
export function askpassInput(passphrase: string, count: number): Buffer {
  const block = Buffer.alloc(blockBytes, "\n");
  block.write(`n${passphrase}`);
  return Buffer.concat(Array.from({ length: count }, () => block));
}

/** Reads a block and prints what follows its first byte. Without `"` and `%`, for a batch file's sake. */
const program = [
  `const f=require('fs'),b=Buffer.alloc(${blockBytes});`,
  `let n=0,r;do{r=f.readSync(0,b,n,${blockBytes}-n);n+=r}while(r);`,
  "f.writeSync(1,b.subarray(1,n))",
].join("");

/** The file that `SSH_ASKPASS` names, which has to be one program without arguments. */
export function askpassFile(platform: NodeJS.Platform): { readonly name: string; text: string } {
  return platform === "win32"
    ? { name: "askpass.cmd", text: '@"%NCLOUD_KEYS_NODE%" -e "%NCLOUD_KEYS_ASKPASS%"\r\n' }
    : { name: "askpass", text: '#!/bin/sh\nexec "$NCLOUD_KEYS_NODE" -e "$NCLOUD_KEYS_ASKPASS"\n' };
}

/**
 * The variables that have `ssh-keygen` ask that file, and the file run this Node or the editor as
 * one. None of them is a secret.
 *
 * @param file absolute
 */
export function askpassVariables(file: string): Readonly<Record<string, string>> {
  return {
    SSH_ASKPASS: file,
    SSH_ASKPASS_REQUIRE: "force",
    NCLOUD_KEYS_NODE: process.execPath,
    NCLOUD_KEYS_ASKPASS: program,
    ELECTRON_RUN_AS_NODE: "1",
    // What a person has Node do elsewhere must not print into a passphrase.
    NODE_OPTIONS: "",
  };
}
