import type { Memento } from "vscode";
import type { Secrets } from "../../../src/accounts/accountStore.ts";

/** When the steps of fakes happen. Those of one channel happen in the order they were added. */
export interface Steps {
  /**
   * @param actor who waits for it and learns its result
   * @param label what the step is and does, for whoever compares two orders of steps
   */
  add(actor: string, channel: string, label: string, run: () => unknown): void;
}

/** Every step as soon as the code that asked for it waits. */
const atOnce: Steps = { add: (_actor, _channel, _label, run) => queueMicrotask(() => void run()) };

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

  get globalState(): Memento {
    return {
      keys: () => Object.keys(this.#state),
      get: <T>(key: string, otherwise?: T) => (this.#state[key] ?? otherwise) as T,
      update: (key, value: unknown) => {
        if (value === undefined) Reflect.deleteProperty(this.#state, key);
        else this.#state[key] = JSON.parse(JSON.stringify(value)) as unknown;
        return this.#step("calls", "write", () => {
          this.#computer.writeState(this, JSON.stringify(this.#state));
        });
      },
    };
  }

  hearOfSecret(key: string): void {
    void this.#step("secrets", key, () => {
      for (const listener of this.#secretListeners) listener({ key });
    });
  }

  hearOfState(value: string): void {
    void this.#step("states", value, () => {
      this.#state = JSON.parse(value) as Record<string, unknown>;
    });
  }

  async #askKeychain<T>(operation: KeychainOperation, key: string, answer: () => T): Promise<T> {
    await this.#computer.onKeychain?.(operation, key);
    return this.#step("calls", `${operation} ${key}`, answer);
  }

  #step<T>(channel: string, label: string, run: () => T): Promise<T> {
    return new Promise((resolve) => {
      this.#steps.add(this.name, channel, label, () => {
        const result = run();
        resolve(result);
        return result;
      });
    });
  }
}
