import { randomUUID } from 'node:crypto';
import { Client, type Message, type Who } from './client.ts';
import type { CallDocker } from '../harness/server.ts';

export interface Contact {
  callId: string;
  state: string;
  you: string;
  place?: { place: number; away: boolean };
  wrapUpUntil?: string;
  callback?: { attempt: number };
  offer?: { expiresAt?: string };
}

/** Somebody who comes back whenever the server does: resumes the session, and says again what was not answered. */
export class Survivor {
  readonly contacts = new Map<string, Contact>();
  readonly #token: string;
  readonly #unanswered = new Map<string, { message: Record<string, unknown>; settle: (answer: Message) => void }>();
  #client: Client | undefined;
  #resumeToken: string | undefined;
  #seq: number | undefined;
  #gone = false;
  #changed: (() => void)[] = [];
  /** Is called with each contact that has changed, and with all of them after a reset. */
  onContact: (contact: Contact) => void = () => undefined;
  /** Is called when the server has told all that there is, after each onContact. */
  onReset: () => void = () => undefined;
  live: Record<string, unknown> | undefined;

  private constructor(readonly server: CallDocker, readonly who: Who) {
    this.#token = server.sign(who);
  }

  static async open(server: CallDocker, who: Who): Promise<Survivor> {
    const survivor = new Survivor(server, who);
    await survivor.come();
    return survivor;
  }

  /** Connects, as whoever it was before, and takes what comes until it hangs up. */
  async come(): Promise<void> {
    const resume = this.#resumeToken === undefined ? '' : `&resume=${encodeURIComponent(this.#resumeToken)}&seq=${this.#seq ?? 0}`;
    const client = await Client.dial(this.server.signallingUrl, `?token=${this.#token}${resume}`, ['calldocker.v2']);
    const established = await client.next('connection_established');
    this.#resumeToken = String(established.resumeToken);
    this.#client = client;
    if (established.resumed !== true) this.#hear(await client.next('session_reset'));
    void this.#listen(client);
    for (const [id, { message }] of this.#unanswered) client.send({ ...message, id });
  }

  get isWaitingForAnAnswer(): boolean { return this.#unanswered.size > 0; }

  /** @returns the answer: `ack`, or `error`; however often the server has to be asked */
  command(message: Record<string, unknown>): Promise<Message> {
    const id = randomUUID();
    const answer = new Promise<Message>((settle) => { this.#unanswered.set(id, { message, settle }); });
    this.#client?.send({ ...message, id });
    return answer;
  }

  /** As command(), where an error is a failure of the test. */
  async does(message: Record<string, unknown>): Promise<void> {
    const answer = await this.command(message);
    if (answer.type !== 'ack') throw new Error(`${this.who.id}: ${JSON.stringify(message)} was answered by ${JSON.stringify(answer)}`);
  }

  /** The contact, once it is in this state for this person. */
  async sees(callId: string, state: string): Promise<Contact> {
    for (;;) {
      const contact = this.contacts.get(callId);
      if (contact?.state === state) return contact;
      await new Promise<void>((resolve) => { this.#changed.push(resolve); });
    }
  }

  /** The contact is no business of this person's any more. */
  async losesSightOf(callId: string): Promise<void> {
    while (this.contacts.has(callId)) await new Promise<void>((resolve) => { this.#changed.push(resolve); });
  }

  /** The socket is closed; the session could be resumed. */
  async hangsUp(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    client?.close();
    await client?.closed;
  }

  leave(): void {
    this.#gone = true;
    this.#client?.vanish();
  }

  async #listen(client: Client): Promise<void> {
    for (;;) {
      const message = await client.take(3_600_000).catch(() => undefined);
      if (message === undefined) break;
      if (!this.#gone) this.#hear(message);
    }
    if (this.#client === client) this.#client = undefined;
  }

  #hear(message: Message): void {
    if (typeof message.seq === 'number') this.#seq = message.seq;
    switch (message.type) {
      case 'session_reset': {
        const { contacts } = message.snapshot as { contacts: Contact[] };
        this.contacts.clear();
        for (const contact of contacts) this.#put(contact);
        this.onReset();
        break;
      }
      case 'contact_state':
      case 'contact_offered':
        this.#put(message.contact as Contact);
        break;
      case 'contact_revoked':
        this.contacts.delete(String(message.callId));
        break;
      case 'queue_place': {
        const contact = this.contacts.get(String(message.callId));
        if (contact) contact.place = message.place as { place: number; away: boolean };
        break;
      }
      case 'live_state':
        this.live = message.live as Record<string, unknown>;
        break;
      case 'ack':
      case 'error': {
        const command = this.#unanswered.get(String(message.id));
        this.#unanswered.delete(String(message.id));
        command?.settle(message);
        break;
      }
    }
    for (const wake of this.#changed.splice(0)) wake();
  }

  #put(contact: Contact): void {
    if (contact.state === 'closed') this.contacts.delete(contact.callId);
    else this.contacts.set(contact.callId, contact);
    this.onContact(contact);
  }
}
