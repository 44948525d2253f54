// What people write is as long in every script: each field of the schema that takes their words takes its full length of them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type Message } from './client.ts';
import { expect, test } from './fixtures.ts';
import type { CallDocker } from '../harness/server.ts';

const { components } = JSON.parse(readFileSync(join(import.meta.dirname, '../../api/signalling.json'), 'utf8')) as {
  components: { schemas: Record<string, { properties: Record<string, { maxLength?: number }> }> };
};

/** How many characters a member of a client's message takes. JSON schemas count code points. */
function room(type: string, member: string): number {
  const most = components.schemas[`Client.${type}`]?.properties[member]?.maxLength;
  if (most === undefined) throw new Error(`${type} has no bound for ${member}`);
  return most;
}

const letters = {
  Latin: 'ab', Cyrillic: 'жф', Greek: 'λω', Hebrew: 'שׁ', Arabic: 'عم', Devanagari: 'नि', Thai: 'กี', Chinese: '漢字', emoji: '😀👍',
};

const full = (script: string, most: number) => [...script.repeat(most)].slice(0, most).join('');

async function open(server: CallDocker, id: string, role: string, company: string): Promise<Client> {
  const client = await Client.dial(server.signallingUrl, `?token=${server.sign({ id, role, company_id: company })}`, ['calldocker.v2']);
  await client.next('connection_established');
  await client.next('session_reset');
  return client;
}

const contactOf = (message: Message) => message.contact as { state: string; visitor: Record<string, string>; notes?: string; callback?: Record<string, string> };

for (const [script, sample] of Object.entries(letters)) {
  test(`words in ${script} fill each field to its end, and come out as they went in`, async ({ server, company }) => {
    const written = (type: string, member: string) => ({ [member]: full(sample, room(type, member)) });
    const agent = await open(server, 'amina', 'agent', company);
    await agent.command({ type: 'set_media_ready', ready: true });
    await agent.command({ type: 'set_agent_intent', intent: 'available' });
    const visitor = await open(server, 'vera', 'user', company);

    const who = { ...written('webrtc_offer', 'name'), ...written('webrtc_offer', 'topic') };
    await visitor.command({ type: 'webrtc_offer', targetUserId: 'public-calls', offer: { type: 'offer', sdp: 'v=0' }, callId: 'call', ...who });
    const offered = await agent.until('contact_offered');
    expect(contactOf(offered).visitor).toMatchObject(who);
    await agent.command({ type: 'accept_contact', callId: 'call' });
    for (const party of [agent, visitor]) await party.command({ type: 'media_state', callId: 'call', state: 'up' });

    const line = written('send_chat', 'text');
    await visitor.command({ type: 'send_chat', callId: 'call', ...line });
    expect((await agent.until('chat_message')).message).toMatchObject(line);
    const notes = written('set_notes', 'notes');
    await agent.command({ type: 'set_notes', callId: 'call', ...notes });
    await visitor.command({ type: 'end_contact', callId: 'call' });
    await agent.until('contact_state', (message) => contactOf(message).state === 'wrapup' && contactOf(message).notes === notes.notes);
    await agent.command({ type: 'end_wrap_up', callId: 'call' });
    await visitor.command({ type: 'rate_contact', callId: 'call', rating: 5, ...written('rate_contact', 'comment') });
    await agent.command({ type: 'set_agent_intent', intent: 'offline' });

    await visitor.command({ type: 'open_contact', callId: 'back', callType: 'voice', ...who });
    const wish = { ...written('request_callback', 'note'), ...written('request_callback', 'phone') };
    await visitor.command({ type: 'request_callback', callId: 'back', ...wish });
    const supervisor = await open(server, 'sue', 'admin', company);
    await supervisor.command({ type: 'force_intent', agentId: 'amina', intent: 'offline', ...written('force_intent', 'note') });
    for (const client of [agent, visitor, supervisor]) client.vanish();
  });
}
