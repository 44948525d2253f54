import { Client, type Message, type Who } from '../../integration/client.ts';
import type { CallDocker } from '../../harness/server.ts';
import { DEMO_COMPANY } from './people.ts';

/** What somebody does over the wire, and in no browser. */
async function connect(server: CallDocker, who: Omit<Who, 'company_id'>): Promise<Client> {
  const client = await Client.dial(server.signallingUrl, `?token=${server.sign({ ...who, company_id: DEMO_COMPANY })}`, ['calldocker.v2']);
  await client.next('connection_established');
  await client.next('session_reset');
  return client;
}

/** A visitor who calls as often as is wanted, and an agent who takes the calls; what they would say is not sent. */
export class Robots {
  #calls = 0;

  private constructor(readonly visitor: Client, readonly agent: Client) {}

  static async start(server: CallDocker): Promise<Robots> {
    const robots = new Robots(await connect(server, { id: 'robot-visitor', role: 'user' }), await connect(server, { id: 'robot-agent', role: 'agent' }));
    await robots.agent.command({ type: 'set_media_ready', ready: true });
    await robots.agent.command({ type: 'set_agent_intent', intent: 'available' });
    return robots;
  }

  /** @returns the call, which waits, or rings */
  async call(): Promise<string> {
    const callId = `robot-${++this.#calls}`;
    await this.visitor.command({ type: 'webrtc_offer', targetUserId: 'public-calls', offer: { type: 'offer', sdp: 'v=0' }, callId });
    return callId;
  }

  /** Of calls that all go to this agent. @returns the call */
  async talk(): Promise<string> {
    const callId = await this.call();
    await this.agent.until('contact_offered', ({ contact }: Message) => (contact as { callId: string }).callId === callId);
    await this.agent.command({ type: 'accept_contact', callId });
    for (const party of [this.agent, this.visitor]) await party.command({ type: 'media_state', callId, state: 'up' });
    return callId;
  }

  async hangUp(callId: string): Promise<void> {
    await this.visitor.command({ type: 'end_contact', callId });
  }

  leave(): void {
    for (const client of [this.visitor, this.agent]) client.vanish();
  }
}
