import { beforeEach, describe, expect, it } from 'vitest';
import { FakeConnection } from '../testing.ts';
import { type Candidate, type Description, parseCandidate } from './descriptions.ts';
import { Peer } from './peer.ts';

class Side {
  readonly sent: Description[] = [];
  readonly candidates: object[] = [];
  readonly connections: FakeConnection[] = [];
  readonly peer: Peer;

  constructor(name: string, polite: boolean) {
    this.peer = new Peer({
      polite,
      configuration: () => ({}),
      sendDescription: (description) => this.sent.push(description),
      sendCandidate: (candidate) => this.candidates.push(candidate),
      attachMedia: () => undefined,
      onConnection: () => undefined,
      onTrack: () => undefined,
      onStateChange: () => undefined,
      createConnection: () => {
        this.connections.push(new FakeConnection());
        return this.connections.at(-1) as unknown as RTCPeerConnection;
      },
      newGeneration: () => `${name}${this.connections.length}`,
    });
  }

  get connection(): FakeConnection {
    return this.connections.at(-1) as FakeConnection;
  }

  /** A candidate of this side as the other side would get it. */
  candidate(text: string, generation: string | undefined = this.peer.generation): Candidate {
    return parseCandidate({
      candidate: text,
      usernameFragment: this.connection.fragment,
      ...(generation ? { generation } : {}),
    }) as Candidate;
  }
}

/** Brings what each side says to the other until nobody says more. */
async function talk(a: Side, b: Side): Promise<void> {
  for (let round = 0; round < 20 && (a.sent.length > 0 || b.sent.length > 0); round += 1) {
    const [fromA, fromB] = [a.sent.splice(0), b.sent.splice(0)];
    await Promise.all([...fromA.map((one) => b.peer.receive(one)), ...fromB.map((one) => a.peer.receive(one))]);
  }
  expect([a.sent, b.sent]).toEqual([[], []]);
}

/** Each side has the description of the other's present connection. */
function expectJoined(a: Side, b: Side): void {
  expect([a.connection.signalingState, b.connection.signalingState]).toEqual(['stable', 'stable']);
  expect(a.connection.remoteDescription?.sdp).toContain(b.connection.fragment);
  expect(b.connection.remoteDescription?.sdp).toContain(a.connection.fragment);
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) => permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]));
}

let visitor: Side;
let agent: Side;
beforeEach(() => {
  FakeConnection.count = 0;
  visitor = new Side('v', false);
  agent = new Side('a', true);
});

describe('negotiation', () => {
  it('joins the one who offers and the one who answers', async () => {
    await visitor.peer.offer();
    await talk(visitor, agent);

    expectJoined(visitor, agent);
  });

  it('names generations: whose connection speaks, and which it answers', async () => {
    await visitor.peer.offer();
    const [offer] = visitor.sent;
    await agent.peer.receive(offer as Description);

    expect(offer).toMatchObject({ type: 'offer', generation: 'v1' });
    expect(agent.sent).toMatchObject([{ type: 'answer', generation: 'a1', inReplyTo: 'v1' }]);
  });

  it('keeps the impolite offer when both offer at once', async () => {
    await visitor.peer.offer();
    await talk(visitor, agent);
    await Promise.all([visitor.peer.restartIce(), agent.peer.restartIce()]);
    await talk(visitor, agent);

    expectJoined(visitor, agent);
    expect([visitor.connections.length, agent.connections.length]).toEqual([1, 1]);
  });

  it('joins two fresh pages that both offer at once', async () => {
    await Promise.all([visitor.peer.offer(), agent.peer.offer()]);
    await talk(visitor, agent);

    expectJoined(visitor, agent);
  });

  it('offers what changes once both sides have met, and nothing for a connection that was replaced', async () => {
    await visitor.peer.offer();
    const former = visitor.connection as unknown as { onnegotiationneeded: (() => void) | null };
    former.onnegotiationneeded?.();
    await talk(visitor, agent);
    const needed = former.onnegotiationneeded;
    needed?.();
    await visitor.peer.receiveCandidate(agent.candidate('c'));
    expect(visitor.sent.map(({ type }) => type)).toEqual(['offer']);
    await talk(visitor, agent);
    await visitor.peer.rebuild();
    await talk(visitor, agent);

    needed?.();
    await visitor.peer.receiveCandidate(agent.candidate('d'));

    expect(visitor.sent).toEqual([]);
  });

  it('restarts ICE in the connection there is', async () => {
    await visitor.peer.offer();
    await talk(visitor, agent);
    const before = visitor.connection.fragment;
    await visitor.peer.restartIce();
    await talk(visitor, agent);

    expect(visitor.connection.fragment).not.toBe(before);
    expectJoined(visitor, agent);
    expect(agent.connections.length).toBe(1);
  });

  it.each(['visitor', 'agent'])('meets the new generation of a reloaded %s with a new connection', async (who) => {
    await visitor.peer.offer();
    await talk(visitor, agent);
    if (who === 'visitor') visitor = new Side('w', false);
    else agent = new Side('b', true);
    const reloaded = who === 'visitor' ? visitor : agent;
    await reloaded.peer.offer();
    await talk(visitor, agent);

    expectJoined(visitor, agent);
  });

  it.each(['visitor', 'agent'])('finds the reloaded %s although the other side restarts ICE in the same moment', async (who) => {
    await visitor.peer.offer();
    await talk(visitor, agent);
    if (who === 'visitor') visitor = new Side('w', false);
    else agent = new Side('b', true);
    await Promise.all([
      who === 'visitor' ? agent.peer.restartIce() : visitor.peer.restartIce(),
      (who === 'visitor' ? visitor : agent).peer.offer(),
    ]);
    await talk(visitor, agent);

    expectJoined(visitor, agent);
  });

  it('ignores an answer to an earlier offer, and one that comes twice', async () => {
    await visitor.peer.offer();
    const [first] = visitor.sent;
    await agent.peer.receive(first as Description);
    const [answer] = agent.sent;
    await visitor.peer.receive({ ...(answer as Description), inReplyTo: 'v0', sdp: 'stale' });
    expect(visitor.connection.remoteDescription).toBeNull();
    visitor.sent.length = 0;
    await talk(visitor, agent);
    await visitor.peer.receive(answer as Description);

    expectJoined(visitor, agent);
  });

  it('sends its offer to one who answers the offer of a page before the reload', async () => {
    await visitor.peer.offer();
    const held = visitor.sent.splice(0);
    visitor = new Side('w', false);
    await visitor.peer.offer();
    visitor.sent.length = 0; // the queue keeps the first
    await agent.peer.receive(held[0] as Description);
    await talk(visitor, agent);

    expectJoined(visitor, agent);
  });

  it('talks to version 1, which knows no generations', async () => {
    await visitor.peer.offer();
    const [offer] = visitor.sent.splice(0);
    const old = new FakeConnection();
    await old.setRemoteDescription({ type: 'offer', sdp: offer?.sdp ?? '' });
    await old.setLocalDescription();
    await visitor.peer.receive({ type: 'answer', sdp: old.localDescription?.sdp ?? '' });

    expect(visitor.connection.signalingState).toBe('stable');
  });

  it('tells a reloaded version 1 page by its session id', async () => {
    const offer = async (connection: FakeConnection): Promise<Description> => {
      await connection.setLocalDescription();
      return { type: 'offer', sdp: connection.localDescription?.sdp ?? '' };
    };
    await agent.peer.receive(await offer(new FakeConnection()));
    await agent.peer.receive(await offer(new FakeConnection()));

    expect(agent.connections.length).toBe(2);
    expect(agent.sent.map((one) => one.type)).toEqual(['answer', 'answer']);
  });
});

describe('candidates', () => {
  it('are sent with the generation of their connection, and their end is not', () => {
    const { onicecandidate } = visitor.connection as unknown as { onicecandidate: (event: object) => void };
    onicecandidate({ candidate: { toJSON: () => ({ candidate: 'c' }) } });
    onicecandidate({ candidate: null });

    expect(visitor.candidates).toEqual([{ candidate: 'c', generation: visitor.peer.generation }]);
  });

  it.each([true, false])('all arrive, whatever the order of the offer and them (with generations: %s)', async (named) => {
    for (const order of permutations(['offer', 'c1', 'c2', 'c3'])) {
      FakeConnection.count = 0;
      visitor = new Side('v', false);
      agent = new Side('a', true);
      await visitor.peer.offer();
      const [offer] = visitor.sent;
      for (const what of order) {
        if (what === 'offer') await agent.peer.receive(offer as Description);
        else await agent.peer.receiveCandidate(visitor.candidate(what, named ? visitor.peer.generation : ''));
      }

      expect([...agent.connection.candidates].sort(), order.join()).toEqual(['c1', 'c2', 'c3']);
    }
  });

  it('all arrive, whatever the order of the answer and them', async () => {
    for (const order of permutations(['answer', 'c1', 'c2', 'c3'])) {
      visitor = new Side('v', false);
      agent = new Side('a', true);
      await visitor.peer.offer();
      await agent.peer.receive(visitor.sent[0] as Description);
      const steps = order.map((what) =>
        what === 'answer' ? visitor.peer.receive(agent.sent[0] as Description) : visitor.peer.receiveCandidate(agent.candidate(what)),
      );
      await Promise.all(steps);

      expect([...visitor.connection.candidates].sort(), order.join()).toEqual(['c1', 'c2', 'c3']);
    }
  });

  it('of a new generation wait for its offer, and those of an old one are not given to it', async () => {
    await visitor.peer.offer();
    await talk(visitor, agent);
    const old = visitor.candidate('old');
    visitor = new Side('w', false);
    await visitor.peer.offer();
    await agent.peer.receiveCandidate(visitor.candidate('new'));
    await agent.peer.receiveCandidate(old);
    await agent.peer.receive(visitor.sent[0] as Description);

    expect(agent.connections[0]?.candidates).toEqual(['old']);
    expect(agent.connection.candidates).toEqual(['new']);
  });
});
