import type { Requests } from './requests.ts';

/** Whether a supervisor watches the company. The server forgets it when it restarts, and hears it again. */
export class CompanyWatch {
  private readonly requests: Requests;
  private readonly onChange: () => void;
  private wanted = false;

  constructor(requests: Requests, onChange: () => void) {
    this.requests = requests;
    this.onChange = onChange;
  }

  get isOn(): boolean {
    return this.wanted;
  }

  /** @returns whether the server took it */
  turn(on: boolean): Promise<boolean> {
    this.wanted = on;
    this.onChange();
    return this.requests.command({ type: 'watch_live', watch: on }, 'live');
  }

  /** The server has forgotten what it heard of this page. */
  restore(): void {
    if (this.wanted) void this.turn(true);
  }
}
