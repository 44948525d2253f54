// Two engines in one page, joined by a signalling hub of a few lines: what the loopback test drives.
import type { ClientMessage, ContactView, ServerMessage } from '@calldocker/protocol';
import { createCallEngine } from '../src/call/engine.ts';
import { Emitter, Store } from '../src/observable.ts';
import { initialLiveState, reduce } from '../src/signalling/reduce.ts';
import type { ConnectionState, LiveState, Outgoing, ServerMessageOf, Signalling } from '../src/signalling/types.ts';

type Body = ServerMessage extends infer M ? (M extends ServerMessage ? Omit<M, 'seq' | 'timestamp'> : never) : never;

class HubSignalling implements Signalling {
  readonly connection = new Store<ConnectionState>({ status: 'connected' });
  readonly live = new Store<LiveState>(initialLiveState);
  private readonly handlers = new Emitter<{ [T in ServerMessage['type']]: ServerMessageOf<T> }>();
  private seq = 0;

  readonly userId: string;
  private readonly hub: Hub;

  constructor(userId: string, hub: Hub) {
    this.userId = userId;
    this.hub = hub;
  }

  connect(): void {
    this.deliver({
      type: 'connection_established',
      userId: this.userId,
      role: 'x',
      companyId: 'c',
      sessionId: 's',
      resumeToken: 'r',
      epoch: 'e',
      resumed: false,
      heartbeatMs: 1e6,
      serverTime: new Date().toISOString(),
    });
    this.deliver({ type: 'session_reset', reason: 'new', snapshot: { rooms: [], contacts: this.hub.contactsOf(this) } });
  }

  deliver(body: Body): void {
    this.seq = body.type === 'connection_established' ? 0 : this.seq + 1;
    const message = { ...body, seq: this.seq, timestamp: new Date().toISOString() } as ServerMessage;
    this.live.set(reduce(this.live.getSnapshot(), message, Date.now()));
    this.handlers.emit(message.type, message as never);
  }

  on<T extends ServerMessage['type']>(type: T, handler: (message: ServerMessageOf<T>) => void): () => void {
    return this.handlers.on(type, handler as never);
  }

  request(message: Outgoing): Promise<void> {
    return this.hub.handle(this, structuredClone(message) as ClientMessage);
  }

  send(): boolean {
    return false;
  }

  handover(): undefined {
    return undefined;
  }

  logout(): void {}
}

/** As much of the server as one call needs. */
class Hub {
  readonly sent: string[] = [];
  contact: ContactView | undefined;
  visitor = new HubSignalling('visitor-1', this);
  agent = new HubSignalling('agent-1', this);
  private heldOffer: unknown;
  private readonly up = new Set<HubSignalling>();

  contactsOf(who: HubSignalling): ContactView[] {
    return this.contact && this.contact.state !== 'closed' ? [this.viewFor(who)] : [];
  }

  async handle(from: HubSignalling, message: ClientMessage): Promise<void> {
    this.sent.push(`${from === this.visitor ? 'visitor' : 'agent'}:${message.type}`);
    await Promise.resolve();
    const other = from === this.visitor ? this.agent : this.visitor;
    const callId = 'callId' in message && message.callId !== undefined ? message.callId : '';
    switch (message.type) {
      case 'get_ice_servers':
        from.deliver({ type: 'ice_servers', callId, iceServers: [], ttlSeconds: 600 });
        break;
      case 'webrtc_offer':
        if (message.targetUserId === 'public-calls') this.enter(callId, message);
        else other.deliver({ type: 'webrtc_offer', fromUserId: from.userId, offer: message.offer, callId });
        break;
      case 'webrtc_answer':
        other.deliver({ type: 'webrtc_answer', fromUserId: from.userId, answer: message.answer, callId });
        break;
      case 'ice_candidate':
        other.deliver({ type: 'ice_candidate', fromUserId: from.userId, candidate: message.candidate, callId });
        break;
      case 'accept_contact':
        this.change({ state: 'connecting', agent: { userId: this.agent.userId }, acceptedAt: new Date().toISOString() });
        this.agent.deliver({ type: 'webrtc_offer', fromUserId: this.visitor.userId, offer: this.heldOffer, callId });
        break;
      case 'media_state':
        if (message.state === 'up') this.up.add(from);
        else this.up.delete(from);
        if (this.up.size === 2 && this.contact?.state === 'connecting')
          this.change({ state: 'connected', connectedAt: new Date().toISOString() });
        break;
      case 'end_contact':
        this.change({ state: 'closed', endedAt: new Date().toISOString(), endReason: 'completed_visitor', endedBy: 'visitor' });
        break;
      default:
        break;
    }
  }

  private enter(callId: string, message: Extract<ClientMessage, { type: 'webrtc_offer' }>): void {
    this.heldOffer = message.offer;
    this.contact = {
      callId,
      state: 'offering',
      channel: message.callType ?? 'voice',
      visitor: { userId: 'visitor-1' },
      you: 'visitor',
      mediaOwner: true,
      needsOffer: false,
      createdAt: new Date().toISOString(),
      lost: [],
    };
    this.visitor.deliver({ type: 'contact_state', contact: this.viewFor(this.visitor) });
    this.agent.deliver({ type: 'contact_offered', contact: this.viewFor(this.agent) });
  }

  private change(change: Partial<ContactView>): void {
    if (!this.contact) return;
    this.contact = { ...this.contact, ...change };
    for (const who of [this.visitor, this.agent]) who.deliver({ type: 'contact_state', contact: this.viewFor(who) });
  }

  private viewFor(who: HubSignalling): ContactView {
    const contact = this.contact as ContactView;
    const offered = contact.agent === undefined;
    const you = who === this.visitor ? 'visitor' : offered ? 'offered' : 'agent';
    return { ...contact, you, mediaOwner: you !== 'offered' };
  }
}

// Every RTCPeerConnection of the page, so that the test can look at them and break their path.
const connections: RTCPeerConnection[] = [];
const Native = RTCPeerConnection;
globalThis.RTCPeerConnection = class extends Native {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};

const hub = new Hub();
const engines = {
  visitor: createCallEngine({ signalling: hub.visitor, role: 'visitor' }),
  agent: createCallEngine({ signalling: hub.agent, role: 'agent' }),
};
hub.visitor.connect();
hub.agent.connect();

function attach(who: 'visitor' | 'agent'): void {
  const audio = document.createElement('audio');
  audio.autoplay = true;
  document.body.append(audio);
  engines[who].subscribe(() => {
    const stream = engines[who].getSnapshot().media.remoteStream ?? null;
    if (audio.srcObject !== stream) audio.srcObject = stream;
  });
}
attach('visitor');
attach('agent');

/** The page of `who` is loaded again: its connections are gone, its session goes on. */
function reload(who: 'visitor' | 'agent'): void {
  engines[who].destroy();
  hub[who] = new HubSignalling(hub[who].userId, hub);
  engines[who] = createCallEngine({ signalling: hub[who], role: who });
  attach(who);
  hub[who].connect();
}

Object.assign(globalThis, { loopback: { hub, engines, connections, reload } });
