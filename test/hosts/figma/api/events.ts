/** Listeners of one kind of event. */
export class Listeners<A extends readonly unknown[]> {
  private listeners: ((...args: A) => void)[] = [];

  add(listener: (...args: A) => void): void {
    this.listeners.push(listener);
  }

  clear(): void {
    this.listeners = [];
  }

  fire(...args: A): void {
    for (const listener of [...this.listeners]) listener(...args);
  }
}
