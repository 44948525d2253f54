// A signalling server on npm `ws` in the manner of CallDocker's original: the token is checked, users and rooms are maps, each message
// is parsed and stringified, and nothing is written anywhere. A peer to measure ours against (tools/bench.sh peers), not to run.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createRequire } from 'node:module';

// The integration tests' copy: one version to keep up.
const { WebSocketServer } = createRequire(new URL('../../tests/package.json', import.meta.url))('ws');

const [port, secret] = [Number(process.env.WS_PORT), process.env.JWT_SECRET];
const users = new Map(); // `company/user` -> sockets
const rooms = new Map(); // `company/room` -> sockets

/** Claims of a token that is genuine; undefined for any other. */
function verified(token) {
  const [header, payload, signature] = (token ?? '').split('.');
  if (!signature) return undefined;
  const wanted = createHmac('sha256', secret).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  if (JSON.parse(Buffer.from(header, 'base64url')).alg !== 'HS256') return undefined;
  const claims = JSON.parse(Buffer.from(payload, 'base64url'));
  return claims.id && claims.role && claims.company_id ? claims : undefined;
}

const tell = (socket, message) => socket.send(JSON.stringify({ ...message, timestamp: new Date().toISOString() }));
const userKey = (who, id) => `${who.company_id}/${id}`;

function tellAll(sockets, message, except) {
  for (const socket of sockets ?? []) if (socket !== except) tell(socket, message);
}

function addTo(map, key, socket) {
  const sockets = map.get(key) ?? new Set();
  map.set(key, sockets.add(socket));
  return sockets;
}

function removeFrom(map, key, socket) {
  const sockets = map.get(key);
  sockets?.delete(socket);
  if (sockets?.size === 0) map.delete(key);
}

function handle(socket, message) {
  const { who } = socket;
  switch (message.type) {
    case 'ping':
      return tell(socket, { type: 'pong' });
    case 'join_room': {
      const room = userKey(who, message.roomId);
      const sockets = addTo(rooms, room, socket);
      socket.rooms.add(room);
      tell(socket, { type: 'room_joined', roomId: message.roomId, users: [...new Set([...sockets].map((each) => each.who.id))] });
      return tellAll(sockets, { type: 'user_joined', userId: who.id, roomId: message.roomId }, socket);
    }
    case 'webrtc_offer': {
      const { targetUserId, offer, callId } = message;
      const target = userKey(who, targetUserId);
      tellAll(targetUserId.includes('room') ? rooms.get(target) : users.get(target), { type: 'webrtc_offer', fromUserId: who.id, offer, callId });
      return tell(socket, { type: 'offer_sent', targetUserId, callId });
    }
    case 'webrtc_answer': {
      const { targetUserId, answer, callId } = message;
      tellAll(users.get(userKey(who, targetUserId)), { type: 'webrtc_answer', fromUserId: who.id, answer, callId });
      return tell(socket, { type: 'answer_sent', targetUserId, callId });
    }
    case 'ice_candidate': {
      const { targetUserId, candidate, callId } = message;
      return tellAll(users.get(userKey(who, targetUserId)), { type: 'ice_candidate', fromUserId: who.id, candidate, callId });
    }
    case 'call_ended': {
      const { roomId, callId, reason } = message;
      return tellAll(rooms.get(userKey(who, roomId)), { type: 'call_ended', callId, endedBy: who.id, reason });
    }
    default:
      return tell(socket, { type: 'error', message: `Unknown message type: ${message.type}` });
  }
}

const server = new WebSocketServer({ port, host: '127.0.0.1', backlog: 4096, perMessageDeflate: false });
server.on('connection', (socket, request) => {
  const who = verified(new URL(request.url, 'http://localhost').searchParams.get('token'));
  if (!who) return socket.close(1008, 'Invalid token');
  Object.assign(socket, { who, rooms: new Set() });
  addTo(users, userKey(who, who.id), socket);
  socket.on('message', (data) => {
    try {
      handle(socket, JSON.parse(data));
    } catch {
      tell(socket, { type: 'error', message: 'Invalid message format' });
    }
  });
  socket.on('close', () => {
    removeFrom(users, userKey(who, who.id), socket);
    for (const room of socket.rooms) removeFrom(rooms, room, socket);
  });
  tell(socket, { type: 'connection_established', userId: who.id, role: who.role, companyId: who.company_id });
});
