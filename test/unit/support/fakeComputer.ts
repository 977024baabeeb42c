import type { Memento } from "vscode";
import type { Secrets } from "../../../src/accounts/accountEntries.ts";

/** One thing that happens, to one window. */
export interface Step {
  readonly window: string;
  /** The steps of a channel happen in the order they were added. */
  readonly channel: "calls" | "secrets" | "states" | "person";
  /** What it is about, such as a key of the keychain. */
  readonly subject: string;
  readonly label: string;
  readonly run: () => unknown;
}

/** Decides when the steps of fakes happen. */
export interface Steps {
  add(step: Step): void;
}

/** Every step as soon as the code that asked for it waits. */
const atOnce: Steps = { add: ({ run }) => queueMicrotask(() => void run()) };

export type KeychainOperation = "get" | "store" | "delete" | "keys";

export interface ComputerOptions {
  /** Off, as before VS Code 1.105: the keychain cannot be listed. */
  readonly canListKeys?: boolean;
  readonly steps?: Steps;
}

/**
 * What VS Code keeps for an extension on one computer: a keychain that tells every window of each
 * change, and a `globalState` of which each window has a copy that it reads, changes and writes as
 * a whole. A window hears of what another one wrote some time later, and takes that over as a whole.
 */
export class FakeComputer {
  readonly keychain = new Map<string, string>();
  /** `globalState` as it is stored. */
  disk = "{}";
  /** Called before each operation: what it throws the keychain fails with, what it returns is waited for. */
  onKeychain: ((operation: KeychainOperation, key: string) => unknown) | undefined;
  /** Keys whose entry can no longer be decrypted: VS Code deletes it when it is asked for. */
  readonly undecipherable = new Set<string>();
  readonly canListKeys: boolean;
  readonly #steps: Steps;
  readonly #windows: FakeWindow[] = [];

  constructor({ canListKeys = true, steps = atOnce }: ComputerOptions = {}) {
    this.canListKeys = canListKeys;
    this.#steps = steps;
  }

  openWindow(): FakeWindow {
    const window = new FakeWindow(this, `window ${this.#windows.length + 1}`, this.#steps);
    this.#windows.push(window);
    return window;
  }

  /** All that is stored outside the keychain. */
  get stored(): Record<string, unknown> {
    return JSON.parse(this.disk) as Record<string, unknown>;
  }

  tellOfSecret(key: string): void {
    for (const window of this.#windows) window.hearOfSecret(key);
  }

  writeState(writer: FakeWindow, value: string): void {
    if (this.disk === value) return;
    this.disk = value;
    for (const window of this.#windows) if (window !== writer) window.hearOfState(value);
  }
}

/** A window of VS Code, as far as the extension in it sees it. */
export class FakeWindow {
  readonly name: string;
  readonly #computer: FakeComputer;
  readonly #steps: Steps;
  readonly #secretListeners = new Set<(event: { key: string }) => unknown>();
  #state: Record<string, unknown>;
  #write: Promise<void> | undefined;

  constructor(computer: FakeComputer, name: string, steps: Steps) {
    this.#computer = computer;
    this.name = name;
    this.#steps = steps;
    this.#state = computer.stored;
  }

  get secrets(): Secrets {
    const { keychain, undecipherable, canListKeys } = this.#computer;
    return {
      get: (key) =>
        this.#askKeychain("get", key, () => {
          const isLost = undecipherable.delete(key) && keychain.delete(key);
          if (isLost) this.#computer.tellOfSecret(key);
          return keychain.get(key);
        }),
      store: (key, value) =>
        this.#askKeychain("store", key, () => {
          keychain.set(key, value);
          this.#computer.tellOfSecret(key);
        }),
      delete: (key) =>
        this.#askKeychain("delete", key, () => {
          if (keychain.delete(key)) this.#computer.tellOfSecret(key);
        }),
      onDidChange: (listener) => {
        this.#secretListeners.add(listener);
        return { dispose: () => this.#secretListeners.delete(listener) };
      },
      ...(canListKeys && {
        keys: () => this.#askKeychain("keys", "", () => [...keychain.keys()]),
      }),
    };
  }

  /** This window's copy of `globalState`. */
  get copy(): string {
    return JSON.stringify(this.#state);
  }

  get globalState(): Memento {
    return {
      keys: () => Object.keys(this.#state),
      get: <T>(key: string, otherwise?: T) => (this.#state[key] ?? otherwise) as T,
      update: (key, value: unknown) => {
        if (value === undefined) Reflect.deleteProperty(this.#state, key);
        else this.#state[key] = JSON.parse(JSON.stringify(value)) as unknown;
        // What is changed before the next write goes with it.
        this.#write ??= this.#step("calls", "", "write", () => {
          this.#write = undefined;
          this.#computer.writeState(this, this.copy);
        });
        return this.#write;
      },
    };
  }

  hearOfSecret(key: string): void {
    void this.#step("secrets", key, "changed", () => {
      for (const listener of this.#secretListeners) listener({ key });
    });
  }

  hearOfState(value: string): void {
    void this.#step("states", "", value, () => {
      this.#state = JSON.parse(value) as Record<string, unknown>;
    });
  }

  async #askKeychain<T>(operation: KeychainOperation, key: string, answer: () => T): Promise<T> {
    await this.#computer.onKeychain?.(operation, key);
    return this.#step("calls", key, operation, answer);
  }

  #step<T>(channel: Step["channel"], subject: string, label: string, act: () => T): Promise<T> {
    return new Promise((resolve) => {
      const run = () => {
        const result = act();
        resolve(result);
        return result;
      };
      this.#steps.add({ window: this.name, channel, subject, label, run });
    });
  }
}
