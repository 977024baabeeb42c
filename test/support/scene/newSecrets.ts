import type { Scene } from "./scene.ts";

type Person = Pick<Scene, "workbench">;

/** Makes an API key and copies one of its values. */
export async function createApiKey({ workbench }: Person, name: string): Promise<void> {
  await giveWords({ workbench }, name);
  await workbench.notifications.press(`The API key ${name} was created.`, "Copy Primary Key");
}

/** Gives a new API key its name and no description. */
export async function giveWords({ workbench }: Person, name: string): Promise<void> {
  await workbench.tree.clickInlineAction(/^API Keys/, "Create API Key…");
  await workbench.inputBox.waitFor({ title: "Create API Key", step: "1/2" });
  await workbench.inputBox.type(name);
  await workbench.inputBox.accept();
  await workbench.inputBox.waitFor({ step: "2/2" });
  await workbench.inputBox.accept();
}

/** Regenerates the secondary value of an API key and copies it. */
export async function regenerateApiKey({ workbench }: Person, name: string): Promise<void> {
  await workbench.tree.contextMenu(name, "Regenerate API Key…");
  await workbench.quickPick.choose(/Secondary key/);
  await workbench.dialog.press("Regenerate");
  await workbench.notifications.press(`${name} has a new value.`, "Copy Secondary Key");
}

/** Renews both values of an API key, one after the other, and copies the first that is new. */
export async function rotateApiKey({ workbench }: Person, name: string): Promise<void> {
  await workbench.tree.contextMenu(name, "Rotate API Key…");
  await workbench.dialog.press("Regenerate");
  const moved = new RegExp(`^The secondary key of ${name} is new\\.`);
  await workbench.notifications.press(moved, "Copy Secondary Key");
  await workbench.notifications.press(moved, "Regenerate Primary Key");
  await workbench.dialog.press("Regenerate");
  await workbench.notifications.waitFor(`Both values of ${name} are new.`);
}

/** Takes the secret key of an access key that is being made. */
export async function takeSecretKey({ workbench }: Person): Promise<void> {
  await workbench.dialog.press("Create");
  await workbench.dialog.press("Copy Secret Key");
  await workbench.dialog.press("Close");
}
