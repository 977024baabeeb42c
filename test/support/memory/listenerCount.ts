type Listen = (this: unknown, ...args: unknown[]) => { dispose(): unknown };

/** Counts who listens to events and has not stopped to. */
export class ListenerCount {
  readonly #counts: Record<string, number> = {};
  readonly #endings: (() => void)[] = [];

  /** Whoever listens from now on. @param owner an object with this event, or the prototype of all */
  watch(name: string, owner: object, event: string): void {
    const counts = this.#counts;
    const events = owner as Record<string, Listen>;
    const listen = events[event]!;
    counts[name] = 0;
    events[event] = function (...args) {
      const subscription = listen.apply(this, args);
      counts[name]!++;
      let hasEnded = false;
      return {
        dispose() {
          if (!hasEnded) counts[name]!--;
          hasEnded = true;
          return subscription.dispose();
        },
      };
    };
    this.#endings.push(() => (events[event] = listen));
  }

  /** How many there are now, by name. */
  now(): Readonly<Record<string, number>> {
    return { ...this.#counts };
  }

  /** Leaves everything as it was. */
  end(): void {
    for (const end of this.#endings) end();
  }
}
