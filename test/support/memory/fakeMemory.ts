import type { Memento } from "vscode";
import type { Secrets } from "../../../src/accounts/accountEntries.ts";

/** A keychain and a state in memory. */
export function fakeMemory() {
  const secrets = new Map<string, string>();
  const state = new Map<string, unknown>();
  const listeners = new Set<(event: { readonly key: string }) => unknown>();
  const changed = (key: string) => listeners.forEach((listener) => listener({ key }));
  const keychain: Secrets = {
    get: (key) => Promise.resolve(secrets.get(key)),
    store: (key, value) => {
      secrets.set(key, value);
      changed(key);
      return Promise.resolve();
    },
    delete: (key) => {
      secrets.delete(key);
      changed(key);
      return Promise.resolve();
    },
    onDidChange: (listener) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
  const memento = {
    keys: () => [...state.keys()],
    get: (key: string, otherwise?: unknown) => state.get(key) ?? otherwise,
    update: (key: string, value: unknown) => {
      state.set(key, value);
      return Promise.resolve();
    },
  };
  return { keychain, memento: memento as Memento };
}
