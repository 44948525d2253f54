import type { ContactView, ServerMessage, Snapshot } from '@calldocker/protocol';
import type { Identity, LiveState } from './types.ts';

export const initialLiveState: LiveState = {
  identity: undefined,
  stale: true,
  rooms: {},
  contacts: {},
  offers: {},
  agent: undefined,
  clockOffsetMs: 0,
  seq: undefined,
};

/**
 * What a message means for the view: `new` is taken in; `seen` came again and changes nothing; after a `gap` the view
 * must be fetched again. The two messages that begin a counting are always new.
 */
export function freshness(state: LiveState, message: ServerMessage): 'new' | 'seen' | 'gap' {
  if (message.type === 'connection_established' || message.type === 'session_reset') return 'new';
  if (state.seq === undefined) return 'gap';
  if (message.seq <= state.seq) return 'seen';
  return message.seq === state.seq + 1 ? 'new' : 'gap';
}

/** The view after one message. Pure. @param now  when it came, `Date.now()` */
export function reduce(state: LiveState, message: ServerMessage, now: number): LiveState {
  switch (freshness(state, message)) {
    case 'seen':
      return state;
    case 'gap':
      return markStale(state);
    case 'new':
      return apply({ ...state, seq: message.seq }, message, now, state);
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
      return { ...state, ...fromSnapshot(message.snapshot), stale: false };
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
      return { ...state, contacts: { ...live, [contact.callId]: contact }, offers: without(state.offers, contact.callId) };
    }
    case 'agent_state':
      return { ...state, agent: message.agent };
    default:
      return state;
  }
}

type Contacts = Readonly<Record<string, ContactView>>;

function fromSnapshot(snapshot: Snapshot): Pick<LiveState, 'rooms' | 'contacts' | 'offers' | 'agent'> {
  const byId = (contacts: readonly ContactView[]): Contacts => Object.fromEntries(contacts.map((contact) => [contact.callId, contact]));
  return {
    rooms: Object.fromEntries(snapshot.rooms.map((room) => [room.roomId, room.users])),
    contacts: byId(snapshot.contacts.filter((contact) => contact.you !== 'offered')),
    offers: byId(snapshot.contacts.filter((contact) => contact.you === 'offered')),
    agent: snapshot.agent,
  };
}

function without(contacts: Contacts, callId: string): Contacts {
  if (!(callId in contacts)) return contacts;
  const { [callId]: _, ...others } = contacts;
  return others;
}
