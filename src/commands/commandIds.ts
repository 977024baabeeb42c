/** Every command of the extension. The manifest contributes exactly these. */
export const commandIds = [
  "ncloudKeys.signIn",
  "ncloudKeys.importAccount",
  "ncloudKeys.switchAccount",
  "ncloudKeys.renameAccount",
  "ncloudKeys.signOut",
  "ncloudKeys.removeAllCredentials",
  "ncloudKeys.refresh",
  "ncloudKeys.refreshGroup",
  "ncloudKeys.retry",
  "ncloudKeys.loadMore",
  "ncloudKeys.addSubAccountId",
  "ncloudKeys.removeSubAccountId",
  "ncloudKeys.uploadPublicKey",
  "ncloudKeys.useApiKeyForNsml",
  "ncloudKeys.copyId",
  "ncloudKeys.copyName",
  "ncloudKeys.copyFingerprint",
  "ncloudKeys.copyAsJson",
  "ncloudKeys.showHealth",
  "ncloudKeys.testConnection",
  "ncloudKeys.showLog",
  "ncloudKeys.openConsole",
] as const;

export type CommandId = (typeof commandIds)[number];
