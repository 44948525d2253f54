import type { Language } from '@calldocker/i18n';

/** `end`: nobody can use the window any more, so nothing may go on behind it. */
export type Command = 'open' | 'close' | 'end' | Language;

/** What the page asks of the widget, or does to it. What it asks before the widget listens is kept until then. */
export class Commands {
  private readonly early: Command[] = [];
  private handler: ((command: Command) => void) | undefined;

  readonly send = (command: Command): void => {
    if (this.handler) this.handler(command);
    else this.early.push(command);
  };

  /** @returns the function that stops it */
  readonly listen = (handler: (command: Command) => void): (() => void) => {
    this.handler = handler;
    for (const command of this.early.splice(0)) handler(command);
    return () => {
      this.handler = undefined;
    };
  };
}
