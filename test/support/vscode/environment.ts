/** Variables of the person who runs the tests that would change what a VS Code or extension does. */
const personal =
  /^(NCLOUD_|VSCODE_|ELECTRON_|XDG_|SSH_|NPM_|NODE_OPTIONS$|(HTTPS?|ALL|NO)_PROXY$|LC_|LANG)/i;

/** What tells the tests how to run. It reaches those inside a VS Code only when it is handed on. */
const ofTests = /^(TEST_|NCLOUD_KEYS_TEST_)/;

export function testEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const told = Object.entries(env).filter(([name]) => ofTests.test(name));
  return Object.fromEntries(told.flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/**
 * The environment of a VS Code that is nobody's: it keeps PATH and the like from this process, and
 * has its own home and temporary folder.
 */
export function isolatedEnvironment(
  folders: { home: string; temp: string },
  extra: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !personal.test(name));
  const { home, temp } = folders;
  return {
    ...Object.fromEntries(kept),
    LANG: "C.UTF-8",
    HOME: home,
    USERPROFILE: home,
    TMPDIR: temp,
    TEMP: temp,
    TMP: temp,
    ...extra,
  };
}
