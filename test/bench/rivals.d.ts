/** As much of two parsers of public keys as the bench calls. */
declare module "sshpk" {
  interface Key {
    fingerprint(hash: "md5" | "sha256"): { toString(): string };
  }
  const sshpk: { parseKey(line: string, format: "ssh"): Key };
  export default sshpk;
}

declare module "ssh2" {
  interface ParsedKey {
    getPublicSSH(): Buffer;
  }
  const ssh2: { utils: { parseKey(line: string): ParsedKey | Error } };
  export default ssh2;
}
