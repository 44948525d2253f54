import { belongs, EarlyCandidates, type RemoteDescription } from './candidates.ts';
import { type Candidate, type Description, generationOf } from './descriptions.ts';

export interface PeerOptions {
  /** Gives way when both sides offer at once. The agent is polite, the visitor is not. */
  readonly polite: boolean;
  /** Sends a description or a candidate to the other side; keeps them while the other side is not known. */
  readonly sendDescription: (description: Description) => void;
  readonly sendCandidate: (candidate: RTCIceCandidateInit & { generation: string }) => void;
  readonly configuration: () => RTCConfiguration;
  /** Gives a new RTCPeerConnection what this side sends. */
  readonly attachMedia: (connection: RTCPeerConnection) => void;
  /** A new RTCPeerConnection carries the call from here on: what the old one brought is over. */
  readonly onConnection: (connection: RTCPeerConnection) => void;
  readonly onTrack: (event: RTCTrackEvent) => void;
  readonly onStateChange: () => void;
  /** Default `new RTCPeerConnection`. */
  readonly createConnection?: (configuration: RTCConfiguration) => RTCPeerConnection;
  /** Default a random one. */
  readonly newGeneration?: () => string;
}

/**
 * The media path to one other page, through as many RTCPeerConnections ("generations") as it takes. Perfect
 * negotiation (W3C WebRTC 1.0 §10.7) within a generation; a description of a generation that was not seen before means
 * that the other page was reloaded, or that its media moved, and is met with a new RTCPeerConnection of our own.
 * Everything that negotiates runs one after another, so that messages take effect in the order in which they came.
 */
export class Peer {
  private readonly options: PeerOptions;
  private readonly early = new EarlyCandidates();
  private pc: RTCPeerConnection;
  private own: string;
  private remote: RemoteDescription | undefined;
  private chain: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(options: PeerOptions) {
    this.options = options;
    [this.pc, this.own] = this.create();
  }

  get connection(): RTCPeerConnection {
    return this.pc;
  }

  /** Names the RTCPeerConnection in use. */
  get generation(): string {
    return this.own;
  }

  /** Offers as soon as there is something to send; afterwards offers follow from changes by themselves. */
  offer(): Promise<void> {
    return this.enqueue(() => this.makeOffer());
  }

  /** Leaves the connection as it is and looks for a new path (ICE restart) with a new offer. */
  restartIce(): Promise<void> {
    return this.enqueue(async () => {
      if (this.pc.signalingState === 'closed') this.replaceConnection(); // the browser gave it up
      if (this.pc.signalingState === 'have-local-offer') await this.pc.setLocalDescription({ type: 'rollback' });
      this.pc.restartIce();
      await this.makeOffer();
    });
  }

  /** Begins again with a new RTCPeerConnection, and offers it. */
  rebuild(): Promise<void> {
    return this.enqueue(async () => {
      this.replaceConnection();
      await this.makeOffer();
    });
  }

  receive(description: Description): Promise<void> {
    return this.enqueue(() => (description.type === 'offer' ? this.receiveOffer(description) : this.receiveAnswer(description)));
  }

  receiveCandidate(candidate: Candidate): Promise<void> {
    return this.enqueue(async () => {
      if (this.remote && this.pc.remoteDescription && belongs(candidate, this.remote)) await this.addCandidate(candidate);
      else this.early.add(candidate);
    });
  }

  setConfiguration(configuration: RTCConfiguration): void {
    if (!this.closed) this.pc.setConfiguration(configuration);
  }

  close(): void {
    this.closed = true;
    silence(this.pc);
    this.pc.close();
  }

  // --- one after another ---

  private enqueue(step: () => Promise<void>): Promise<void> {
    this.chain = this.chain.then(async () => {
      if (this.closed) return;
      try {
        await step();
      } catch {
        // It did not fit: the other side may be anything, and anywhere. The watch over the media repairs the damage.
      }
    });
    return this.chain;
  }

  private async makeOffer(): Promise<void> {
    if (this.pc.signalingState !== 'stable') return; // the event comes again when it is
    await this.pc.setLocalDescription();
    this.sendLocal();
  }

  private async receiveOffer(offer: Description): Promise<void> {
    const generation = generationOf(offer);
    if (this.remote !== undefined && this.remote.generation !== generation) {
      this.replaceConnection();
    } else if (this.pc.signalingState !== 'stable' && !this.options.polite) {
      return; // both offered at once: ours counts
    }
    await this.setRemote(offer, generation);
    await this.pc.setLocalDescription();
    this.sendLocal(offer.generation);
    await this.addEarlyCandidates();
  }

  private async receiveAnswer(answer: Description): Promise<void> {
    if (answer.inReplyTo !== undefined && answer.inReplyTo !== this.own) {
      // It answers an earlier offer. If our offer has no answer yet, the other side has not got it: this page was reloaded
      // while the queue held its earlier offer.
      if (this.remote === undefined && this.pc.signalingState === 'have-local-offer') this.sendLocal();
      return;
    }
    const generation = generationOf(answer);
    const another = this.remote !== undefined && this.remote.generation !== generation;
    if (another && answer.inReplyTo === this.own) {
      // The other side answered with an RTCPeerConnection that ours has never met.
      this.replaceConnection();
      await this.makeOffer();
      return;
    }
    if (this.pc.signalingState !== 'have-local-offer') return; // came twice
    await this.setRemote(answer, generation);
    await this.addEarlyCandidates();
  }

  private async setRemote({ type, sdp }: Description, generation: string): Promise<void> {
    await this.pc.setRemoteDescription({ type, sdp });
    this.remote = { generation, sdp };
  }

  private async addEarlyCandidates(): Promise<void> {
    if (!this.remote) return;
    for (const candidate of this.early.take(this.remote)) await this.addCandidate(candidate);
  }

  private async addCandidate(candidate: Candidate): Promise<void> {
    // One bad candidate is no reason to lose the others.
    await this.pc.addIceCandidate(candidate.init ?? undefined).catch(() => undefined);
  }

  private sendLocal(inReplyTo?: string): void {
    const local = this.pc.localDescription;
    if (!local || (local.type !== 'offer' && local.type !== 'answer')) return;
    this.options.sendDescription({
      type: local.type,
      sdp: local.sdp,
      generation: this.own,
      ...(inReplyTo === undefined ? {} : { inReplyTo }),
    });
  }

  // --- the life of one RTCPeerConnection ---

  private replaceConnection(): void {
    silence(this.pc);
    this.pc.close();
    this.remote = undefined;
    [this.pc, this.own] = this.create();
  }

  private create(): [RTCPeerConnection, string] {
    const { options } = this;
    const pc = (options.createConnection ?? ((configuration) => new RTCPeerConnection(configuration)))(options.configuration());
    const generation = (options.newGeneration ?? (() => crypto.randomUUID()))();
    pc.onicecandidate = ({ candidate }) => {
      if (candidate) options.sendCandidate({ ...candidate.toJSON(), generation });
    };
    pc.ontrack = options.onTrack;
    pc.onconnectionstatechange = options.onStateChange;
    pc.oniceconnectionstatechange = options.onStateChange;
    options.attachMedia(pc);
    // Only changes after the first offer or answer are offered by themselves: who begins is the call's to say.
    pc.onnegotiationneeded = () => {
      if (pc === this.pc && pc.remoteDescription) void this.offer();
    };
    options.onConnection(pc);
    return [pc, generation];
  }
}

function silence(pc: RTCPeerConnection): void {
  pc.onicecandidate = null;
  pc.ontrack = null;
  pc.onnegotiationneeded = null;
  pc.onconnectionstatechange = null;
  pc.oniceconnectionstatechange = null;
}
