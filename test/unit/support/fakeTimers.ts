/** Time limits that end when a test says so. Only `setTimeout` and `clearTimeout` are replaced. */
export class FakeTimers {
  readonly #real = { setTimeout, clearTimeout };
  readonly #pending = new Map<object, { readonly run: () => void; readonly due: number }>();
  #now = 0;

  install(): void {
    const set = (run: () => void, milliseconds = 0) => {
      const timer = {};
      this.#pending.set(timer, { run, due: this.#now + milliseconds });
      return timer;
    };
    Object.assign(globalThis, {
      setTimeout: set,
      clearTimeout: (timer: object) => void this.#pending.delete(timer),
    });
  }

  uninstall(): void {
    Object.assign(globalThis, this.#real);
  }

  /** How many timers would still fire. */
  get count(): number {
    return this.#pending.size;
  }

  /** Forgets every timer, and with it whatever would have been run. */
  clear(): void {
    this.#pending.clear();
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds;
    for (const [timer, { run, due }] of this.#pending) {
      if (due > this.#now) continue;
      this.#pending.delete(timer);
      run();
    }
  }
}
