import { commandIds, type CommandId } from "../../src/commands/commandIds.ts";

/** The commands that look at nothing they are given. */
const withoutRows: readonly CommandId[] = [
  "ncloudKeys.signIn",
  "ncloudKeys.importAccount",
  "ncloudKeys.switchAccount",
  "ncloudKeys.renameAccount",
  "ncloudKeys.signOut",
  "ncloudKeys.removeAllCredentials",
  "ncloudKeys.refresh",
  "ncloudKeys.addSubAccountId",
  "ncloudKeys.generateKeyPair",
  "ncloudKeys.createApiKey",
  "ncloudKeys.deleteSelected",
  "ncloudKeys.findKey",
  "ncloudKeys.exportInventory",
  "ncloudKeys.showHealth",
  "ncloudKeys.testConnection",
  "ncloudKeys.showLog",
  "ncloudKeys.openConsole",
];

/** The commands that take rows from whoever calls them: a new one is among them unless it is named above. */
export const rowCommands = commandIds.filter((id) => !withoutRows.includes(id));
