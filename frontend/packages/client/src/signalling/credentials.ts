import type { ClientMessage } from '@calldocker/protocol';
import type { ResumeStore } from './resume-store.ts';
import type { Handover } from './types.ts';

/** What a page shows the server to be let in: an access token, and the resume token of its session. */
export class Credentials {
  private readonly getToken: (old?: string) => Promise<string>;
  private readonly resume: ResumeStore;
  private accessToken = '';
  /** The access token that the server refused since the last connection, until another was asked for. */
  private refused: string | undefined;
  private hasAskedAnew = false;

  constructor(getToken: (old?: string) => Promise<string>, resume: ResumeStore, handover: Handover | undefined) {
    this.getToken = getToken;
    this.resume = resume;
    if (handover) resume.keep(handover.resumeToken, handover.accessToken);
  }

  /** Asks for the access token of the next connection. */
  ask(): Promise<string> {
    return this.getToken(this.refused);
  }

  /** Asks for another one than the token in use, which expires. */
  askForAnother(): Promise<string> {
    return this.getToken(this.accessToken);
  }

  use(accessToken: string): void {
    this.accessToken = accessToken;
    this.refused = undefined;
  }

  /** @param seq  the last message that was taken in: the session goes on from there */
  firstMessage(seq: number | undefined): ClientMessage {
    const { accessToken: token } = this;
    const resumeToken = this.resume.get(token);
    if (resumeToken === undefined) return { type: 'authenticate', token };
    return { type: 'authenticate', token, resumeToken, ...(seq === undefined ? {} : { seq }) };
  }

  /** The server goes on with a session of ours; without one it begins another. */
  get resumes(): boolean {
    return this.resume.get(this.accessToken) !== undefined;
  }

  /** The server has let us in, and its next resume token is this. @returns whether the token before still counts */
  accepted(resumeToken: string): boolean {
    this.hasAskedAnew = false;
    this.resume.keep(resumeToken, this.accessToken);
    return this.resume.isUnconfirmed;
  }

  /** The server has heard from us under the newest resume token. */
  confirm(): void {
    this.resume.confirm();
  }

  /**
   * The server has not taken the tokens. Once between two connections another access token is asked for; then the resume
   * token before the newest is tried. @returns whether there is something left to try
   */
  tryOthers(): boolean {
    if (this.hasAskedAnew) return this.resume.fallBack();
    this.hasAskedAnew = true;
    this.refused = this.accessToken;
    return true;
  }

  /** What it takes to go on with the session elsewhere. */
  handover(): Handover | undefined {
    const { accessToken } = this;
    const resumeToken = this.resume.get(accessToken);
    return resumeToken === undefined ? undefined : { accessToken, resumeToken };
  }

  forgetSession(): void {
    this.resume.forget();
  }
}
