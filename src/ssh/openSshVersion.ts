export interface OpenSshVersion {
  readonly major: number;
  readonly minor: number;
}

/**
 * The version in what `ssh -V` prints, such as `OpenSSH_9.2p1 Debian-2, OpenSSL 3.0.19` or
 * `OpenSSH_for_Windows_8.6p1, LibreSSL 3.4.3`. Undefined for another make.
 */
export function parseOpenSshVersion(text: string): OpenSshVersion | undefined {
  const [, major, minor] = /^OpenSSH_(?:for_Windows_)?(\d+)\.(\d+)/m.exec(text) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  return { major: Number(major), minor: Number(minor) };
}

/** Whether it knows `SSH_ASKPASS_REQUIRE`: from 8.4 on, https://www.openssh.com/txt/release-8.4 */
export function takesAskpass({ major, minor }: OpenSshVersion): boolean {
  return major > 8 || (major === 8 && minor >= 4);
}
