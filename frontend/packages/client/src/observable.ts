/** A value that can be read at any time and watched: what React's useSyncExternalStore takes. */
export interface Observable<T> {
  /** The current value; the same reference until it changes. Bound: may be passed around. */
  readonly getSnapshot: () => T;
  /** Calls `listener` after each change. @returns the function that stops it */
  readonly subscribe: (listener: () => void) => () => void;
}

/** The side of an Observable that changes it. */
export class Store<T> implements Observable<T> {
  private value: T;
  private readonly listeners = new Set<() => void>();

  constructor(initial: T) {
    this.value = initial;
  }

  readonly getSnapshot = (): T => this.value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Tells listeners only when the value is another one. */
  set(value: T): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const listener of [...this.listeners]) listener();
  }
}

/** Typed events. A handler that throws is reported and does not keep others from hearing. */
export class Emitter<Events extends object> {
  private readonly handlers = new Map<keyof Events, Set<(event: never) => void>>();

  /** @returns the function that removes the handler */
  on<E extends keyof Events>(event: E, handler: (payload: Events[E]) => void): () => void {
    const set = this.handlers.get(event) ?? new Set();
    this.handlers.set(event, set.add(handler));
    return () => set.delete(handler);
  }

  emit<E extends keyof Events>(event: E, payload: Events[E]): void {
    for (const handler of [...(this.handlers.get(event) ?? [])]) {
      try {
        (handler as (payload: Events[E]) => void)(payload);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
