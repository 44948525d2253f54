import { limits } from '../limits.ts';
import { type Outgoing, SignallingError } from './types.ts';

interface Command {
  readonly id: string;
  readonly message: Outgoing;
  readonly settle: (error?: SignallingError) => void;
  /** Is given up with its connection instead of being sent again. */
  readonly transient: boolean;
}

/** Commands that have no answer yet, in the order in which they were given. Bounded by `pendingCommandsMax`. */
export class PendingCommands {
  private readonly commands = new Map<string, Command>();
  private readonly prefix: string;
  private count = 0;

  /** @param prefix  makes ids unique among the page loads of one session */
  constructor(prefix: string) {
    this.prefix = prefix;
  }

  /** @errors SignallingError overloaded: too many wait already */
  add(message: Outgoing, transient: boolean, settle: (error?: SignallingError) => void): string {
    if (this.commands.size >= limits.pendingCommandsMax) throw new SignallingError('overloaded', 'too many commands wait for an answer');
    this.count += 1;
    const id = `${this.prefix}-${this.count}`;
    this.commands.set(id, { id, message, settle, transient });
    return id;
  }

  /** An answer came; one for an unknown id (answered twice) changes nothing. */
  answer(id: string, error?: SignallingError): void {
    const command = this.commands.get(id);
    if (command === undefined) return;
    this.commands.delete(id);
    command.settle(error);
  }

  /** What to send after a reconnect, oldest first. */
  inOrder(): readonly Pick<Command, 'id' | 'message'>[] {
    return [...this.commands.values()];
  }

  failTransient(): void {
    for (const command of [...this.commands.values()]) {
      if (command.transient) this.answer(command.id, new SignallingError('unavailable', 'the connection was lost'));
    }
  }

  failAll(error: SignallingError): void {
    for (const id of [...this.commands.keys()]) this.answer(id, error);
  }
}
