import { listPublicKeyFiles } from "../ssh/sshDirectory.ts";
import type { LocalKey } from "./localKeyIndex.ts";

/**
 * The public keys of a folder, for matching; none where there is no such folder.
 *
 * @param directory absolute
 * @throws SshDirectoryError; the signal's reason
 */
export async function readLocalKeys(
  directory: string,
  signal: AbortSignal,
): Promise<readonly LocalKey[]> {
  const { files } = await listPublicKeyFiles(directory, { signal });
  return files.flatMap(({ path, fileName, result }) => {
    if (result.kind !== "key") return [];
    const { md5Fingerprint: fingerprint, sha256Fingerprint } = result;
    const { type, bits } = result.key;
    return [{ path, fileName, fingerprint, sha256Fingerprint, type, bits }];
  });
}
