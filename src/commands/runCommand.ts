import { importAccount, switchAccount, renameAccount, signOut } from "./accounts.ts";
import { addSubAccountId, removeAllCredentials, removeSubAccountId } from "./accounts.ts";
import { asOftenAsWanted } from "./asOftenAsWanted.ts";
import { copyValue, editApiKey, regenerateApiKey } from "./apiKeyValues.ts";
import { changeKeys, deleteSelected } from "./changeKeys.ts";
import type { CommandId } from "./commandIds.ts";
import { openConsole, testConnection } from "./connection.ts";
import { copyRows } from "./copy.ts";
import { createAccessKey, createApiKey } from "./makeKeys.ts";
import { generateKeyPair } from "./generateKeyPair.ts";
import { exportInventory } from "./exportInventory.ts";
import { findKey } from "./findKey.ts";
import { useApiKeyForNsml } from "./nsmlApiKey.ts";
import { loadMore, refresh, refreshGroup, retry } from "./refresh.ts";
import { rotateAccessKey } from "./rotateAccessKey.ts";
import { rotateAuthKey } from "./rotateAuthKey.ts";
import { rotateApiKey } from "./rotateApiKey.ts";
import type { Services } from "./services.ts";
import { showHealth } from "./showHealth.ts";
import { signIn } from "./signIn.ts";
import { uploadPublicKey } from "./uploadPublicKey.ts";

type Command = (services: Services, args: readonly unknown[]) => Promise<void> | void;

const commands: Readonly<Record<CommandId, Command>> = {
  "ncloudKeys.signIn": (services) => signIn(services),
  "ncloudKeys.importAccount": (services) => importAccount(services),
  "ncloudKeys.switchAccount": (services) => switchAccount(services),
  "ncloudKeys.renameAccount": (services) => renameAccount(services),
  "ncloudKeys.signOut": (services) => signOut(services),
  "ncloudKeys.removeAllCredentials": (services) => removeAllCredentials(services),
  "ncloudKeys.refresh": (services) => refresh(services),
  "ncloudKeys.refreshGroup": refreshGroup,
  "ncloudKeys.retry": retry,
  "ncloudKeys.loadMore": loadMore,
  "ncloudKeys.addSubAccountId": (services) => addSubAccountId(services),
  "ncloudKeys.removeSubAccountId": removeSubAccountId,
  "ncloudKeys.uploadPublicKey": uploadPublicKey,
  "ncloudKeys.generateKeyPair": (services) => generateKeyPair(services),
  "ncloudKeys.useApiKeyForNsml": useApiKeyForNsml,
  "ncloudKeys.copyId": (services, args) => copyRows(services, "id", args),
  "ncloudKeys.copyName": (services, args) => copyRows(services, "name", args),
  "ncloudKeys.copyFingerprint": (services, args) => copyRows(services, "fingerprint", args),
  "ncloudKeys.copyAsJson": (services, args) => copyRows(services, "json", args),
  "ncloudKeys.deleteAuthKey": (services, args) => changeKeys(services, "authKey", "delete", args),
  "ncloudKeys.createApiKey": (services) => createApiKey(services),
  "ncloudKeys.editApiKey": editApiKey,
  "ncloudKeys.enableApiKey": (services, args) => changeKeys(services, "apiKey", "switchOn", args),
  "ncloudKeys.disableApiKey": (services, args) => changeKeys(services, "apiKey", "switchOff", args),
  "ncloudKeys.regenerateApiKey": regenerateApiKey,
  "ncloudKeys.copyPrimaryKey": (services, args) => copyValue(services, "primary", args),
  "ncloudKeys.copySecondaryKey": (services, args) => copyValue(services, "secondary", args),
  "ncloudKeys.deleteApiKey": (services, args) => changeKeys(services, "apiKey", "delete", args),
  "ncloudKeys.createAccessKey": createAccessKey,
  "ncloudKeys.activateAccessKey": (services, args) =>
    changeKeys(services, "accessKey", "switchOn", args),
  "ncloudKeys.deactivateAccessKey": (services, args) =>
    changeKeys(services, "accessKey", "switchOff", args),
  "ncloudKeys.deleteAccessKey": (services, args) =>
    changeKeys(services, "accessKey", "delete", args),
  "ncloudKeys.rotateAuthKey": rotateAuthKey,
  "ncloudKeys.rotateApiKey": rotateApiKey,
  "ncloudKeys.rotateAccessKey": rotateAccessKey,
  "ncloudKeys.deleteSelected": (services) => deleteSelected(services),
  "ncloudKeys.findKey": (services) => findKey(services),
  "ncloudKeys.exportInventory": (services) => exportInventory(services),
  "ncloudKeys.showHealth": (services) => showHealth(services),
  "ncloudKeys.testConnection": (services) => testConnection(services),
  "ncloudKeys.showLog": ({ computer }) => computer.showLog(),
  "ncloudKeys.openConsole": (services) => openConsole(services),
};

/**
 * Runs a command. Whatever goes wrong in it is said to the person, who may have it begin again; it
 * never rejects.
 */
export async function runCommand(
  id: CommandId,
  services: Services,
  args: readonly unknown[],
): Promise<void> {
  await asOftenAsWanted(services.messages, "run", async () => commands[id](services, args));
}
