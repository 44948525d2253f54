import type { ContactView, PlaceView, ServerMessage, Snapshot } from '@calldocker/protocol';
import { limits } from '../limits.ts';
import { type Chat, suspect, withHistory, withLine } from './chat.ts';
import type { Identity, LiveState } from './types.ts';

export const initialLiveState: LiveState = {
  identity: undefined,
  stale: true,
  rooms: {},
  contacts: {},
  offers: {},
  agent: undefined,
  chats: {},
  directory: undefined,
  company: undefined,
  queues: {},
  clockOffsetMs: 0,
  seq: undefined,
};

/**
 * What a message means for the view: `new` is taken in; `seen` came again and changes nothing; after a `gap` the view
 * must be fetched again. The two messages that begin a counting are always new.
 */
export function freshness(state: LiveState, message: ServerMessage): 'new' | 'seen' | 'gap' {
  if (message.type === 'connection_established' || message.type === 'session_reset') return 'new';
  if (message.type === 'clock') return 'seen'; // it repeats the number before it, and counts for nothing
  if (state.seq === undefined) return 'gap';
  if (message.seq <= state.seq) return 'seen';
  return message.seq === state.seq + 1 ? 'new' : 'gap';
}

/**
 * How far the server's clock is ahead. No message comes before it was sent, so one that comes too early shows that ours has
 * lost time: in some systems it stops while the computer sleeps.
 */
function offsetAfter(clockOffsetMs: number, { timestamp }: ServerMessage, now: number): number {
  const atLeast = Date.parse(timestamp) - now;
  return atLeast - clockOffsetMs > limits.clockSlackMs ? atLeast : clockOffsetMs;
}

/** The view after one message. Pure. @param now  when it came, `steadyNow()` */
export function reduce(state: LiveState, message: ServerMessage, now: number): LiveState {
  if (message.type === 'clock') return { ...state, clockOffsetMs: Date.parse(message.serverTime) - now };
  switch (freshness(state, message)) {
    case 'seen':
      return state;
    case 'gap':
      return markStale(state);
    case 'new':
      return apply({ ...state, seq: message.seq, clockOffsetMs: offsetAfter(state.clockOffsetMs, message, now) }, message, now, state);
  }
}

/** The connection is lost, or a message was. */
export function markStale(state: LiveState): LiveState {
  return state.stale ? state : { ...state, stale: true };
}

function apply(state: LiveState, message: ServerMessage, now: number, before: LiveState): LiveState {
  switch (message.type) {
    case 'connection_established': {
      const goesOn = message.resumed && before.seq !== undefined && message.seq === before.seq;
      const identity: Identity = {
        userId: message.userId,
        role: message.role,
        companyId: message.companyId,
        ...(message.name === undefined ? {} : { name: message.name }),
      };
      return { ...state, identity, stale: !goesOn, clockOffsetMs: Date.parse(message.serverTime) - now };
    }
    case 'session_reset':
      return afterSnapshot(state, message.snapshot);
    case 'room_joined':
      return { ...state, rooms: { ...state.rooms, [message.roomId]: message.users } };
    case 'user_joined': {
      const users = state.rooms[message.roomId];
      if (users === undefined || users.includes(message.userId)) return state;
      return { ...state, rooms: { ...state.rooms, [message.roomId]: [...users, message.userId] } };
    }
    case 'user_left': {
      const users = state.rooms[message.roomId];
      if (users === undefined) return state;
      return { ...state, rooms: { ...state.rooms, [message.roomId]: users.filter((user) => user !== message.userId) } };
    }
    case 'contact_offered':
      return { ...state, offers: { ...state.offers, [message.contact.callId]: message.contact } };
    case 'contact_revoked':
      return { ...state, offers: without(state.offers, message.callId), contacts: without(state.contacts, message.callId) };
    case 'contact_state': {
      const { contact } = message;
      if (contact.you === 'offered') {
        return { ...state, offers: { ...state.offers, [contact.callId]: contact }, contacts: without(state.contacts, contact.callId) };
      }
      const live = Object.fromEntries(Object.entries(state.contacts).filter(([, other]) => other.state !== 'closed'));
      const contacts = { ...live, [contact.callId]: atPlace(contact, contact.place ?? state.contacts[contact.callId]?.place) };
      return { ...state, contacts, offers: without(state.offers, contact.callId), chats: chatsOf(state.chats, contacts) };
    }
    case 'queue_place': {
      const contact = state.contacts[message.callId];
      if (contact === undefined) return state;
      return { ...state, contacts: { ...state.contacts, [message.callId]: atPlace(contact, message.place) } };
    }
    case 'chat_message':
      return withChat(state, message.callId, (chat) => withLine(chat, message.message));
    case 'chat_history':
      return withChat(state, message.callId, (chat) => withHistory(chat, message.messages));
    case 'agent_state':
      return { ...state, agent: message.agent };
    case 'queue_status': {
      const { type: _, timestamp: __, seq: ___, ...status } = message;
      return { ...state, queues: { ...state.queues, [status.queueId]: status } };
    }
    case 'directory': {
      const { type: _, timestamp: __, seq: ___, ...directory } = message;
      return { ...state, directory };
    }
    case 'live_state':
      return { ...state, company: message.live };
    default:
      return state;
  }
}

type Contacts = Readonly<Record<string, ContactView>>;

/** What was written is in no snapshot: lines may have been missed. */
function afterSnapshot(state: LiveState, snapshot: Snapshot): LiveState {
  const byId = (contacts: readonly ContactView[]): Contacts => Object.fromEntries(contacts.map((contact) => [contact.callId, contact]));
  const contacts = byId(snapshot.contacts.filter((contact) => contact.you !== 'offered'));
  const chats = Object.entries(chatsOf(state.chats, contacts)).map(([callId, chat]) => [callId, suspect(chat)]);
  return {
    ...state,
    stale: false,
    rooms: Object.fromEntries(snapshot.rooms.map((room) => [room.roomId, room.users])),
    contacts,
    offers: byId(snapshot.contacts.filter((contact) => contact.you === 'offered')),
    agent: snapshot.agent,
    chats: Object.fromEntries(chats),
  };
}

/** The server sends a place separately from its contact; while the contact waits, the place holds until the next one. */
function atPlace(contact: ContactView, place: PlaceView | undefined): ContactView {
  const waits = contact.state === 'queued' || contact.state === 'offering';
  return waits && place !== undefined ? { ...contact, place } : contact;
}

function withChat(state: LiveState, callId: string, change: (chat: Chat | undefined) => Chat): LiveState {
  if (!(callId in state.contacts)) return state;
  return { ...state, chats: { ...state.chats, [callId]: change(state.chats[callId]) } };
}

function chatsOf(chats: LiveState['chats'], contacts: Contacts): LiveState['chats'] {
  return Object.fromEntries(Object.entries(chats).filter(([callId]) => callId in contacts));
}

function without(contacts: Contacts, callId: string): Contacts {
  if (!(callId in contacts)) return contacts;
  const { [callId]: _, ...others } = contacts;
  return others;
}
