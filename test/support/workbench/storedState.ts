import type { Page } from "playwright-core";

/**
 * Reads what VS Code has written to disk of the extension's `globalState`, in this profile. It writes
 * a while after a change, and a window that is reloaded before has lost it.
 */
export async function readStoredState(page: Page): Promise<Record<string, unknown>> {
  const stored = await page.evaluate<string | undefined>(script);
  return JSON.parse(stored ?? "{}") as Record<string, unknown>;
}

const script = `new Promise((resolve, reject) => {
  const opening = indexedDB.open("vscode-web-state-db-global");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const database = opening.result;
    const reading = database
      .transaction("ItemTable")
      .objectStore("ItemTable")
      .get("ncloud-keys.ncloud-keys");
    reading.onerror = () => reject(reading.error);
    reading.onsuccess = () => resolve(reading.result);
    database.close();
  };
})`;
