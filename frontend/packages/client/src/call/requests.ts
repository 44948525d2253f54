import { codeOf, type Outgoing, retryAfterMs, type Signalling } from '../signalling/types.ts';
import type { Attempt, CallEvents } from './events.ts';
import type { MediaProblem } from './phases.ts';

export interface RequestsOptions {
  readonly signalling: Pick<Signalling, 'request'>;
  /** The contact that the page is about, or was last. */
  readonly callId: () => string | undefined;
  readonly onProblem: (problem: CallEvents['problem']) => void;
}

/** Asks the server for what a person wants, and says why something did not work. */
export class Requests {
  private readonly options: RequestsOptions;

  constructor(options: RequestsOptions) {
    this.options = options;
  }

  /** @returns whether it took effect; if not, `onProblem` has heard why */
  readonly command = async (message: Outgoing, what: Attempt): Promise<boolean> => {
    try {
      await this.options.signalling.request(message);
      return true;
    } catch (error) {
      this.tellRefusal(what, error);
      return false;
    }
  };

  /** Sends a command about the contact that the page is about; without one there is nothing to do. */
  ofCall(what: Attempt, message: (callId: string) => Outgoing): Promise<boolean> {
    const callId = this.options.callId();
    return callId === undefined ? Promise.resolve(false) : this.command(message(callId), what);
  }

  tellProblem(what: Attempt, problem: MediaProblem | undefined): void {
    if (problem) this.options.onProblem({ what, code: problem });
  }

  tellRefusal(what: Attempt, error: unknown): void {
    const afterMs = retryAfterMs(error);
    this.options.onProblem({ what, code: codeOf(error), ...(afterMs === undefined ? {} : { retryAfterMs: afterMs }) });
  }
}
