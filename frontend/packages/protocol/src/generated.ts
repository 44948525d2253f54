// Generated from api/signalling.json by `npm run generate`. Do not edit.

/** A name: 1 to 128 bytes of UTF-8 without control characters */
export type Name = string;

/** The server's clock, ISO 8601 UTC with milliseconds */
export type Timestamp = string;

/** The kind of error, for programs */
export type ErrorCode = "invalid" | "unauthenticated" | "forbidden" | "not_found" | "conflict" | "reservation_lost" | "gone" | "duplicate" | "too_large" | "overloaded" | "unavailable";

/** An agent's intent */
export type Intent = "available" | "not_ready" | "offline";

/** The one word shown for an agent: the first that applies */
export type AgentLabel = "system" | "reserved" | "on_call" | "on_hold" | "wrapup" | "not_ready" | "available" | "offline";

/** The kind of a contact */
export type Channel = "voice" | "video" | "voicemail";

/** The state of a contact */
export type ContactState = "prequeue" | "queued" | "offering" | "connecting" | "connected" | "held" | "consulting" | "transferring" | "wrapup" | "callback_waiting" | "callback_offering" | "callback_dialing" | "closed";

/** The party that acted */
export type Party = "visitor" | "agent" | "system";

/** Why a contact ended */
export type EndReason = "completed_visitor" | "completed_agent" | "completed_system" | "abandoned_prequeue" | "abandoned_queue" | "abandoned_ringing" | "abandoned_hold" | "lost_visitor" | "lost_agent" | "media_failed" | "flowout_voicemail" | "flowout_overflow" | "flowout_callback" | "rejected_closed" | "rejected_full" | "rejected_abuse" | "callback_failed" | "supervisor_ended";

/** Why an offer was revoked */
export type RevokeReason = "answered_elsewhere" | "visitor_left" | "declined" | "not_routable" | "ended" | "timeout" | "withdrawn";

/** Why a consultation ended, or a conference */
export type ConsultEnd = "declined" | "missed" | "not_routable" | "left";

/** Why a session starts from a snapshot: it is new; the client asked (no `seq`); the server restarted; the client missed too much; the server could not write the log */
export type ResetReason = "new" | "requested" | "epoch" | "overrun" | "unavailable";

/** The visitor of a contact */
export interface ContactVisitor {
  readonly userId: Name;
  readonly name?: string;
  readonly topic?: string;
  /** The URL of the page from which the visitor called */
  readonly page?: string;
}

/** The agent of a contact */
export interface ContactAgent {
  readonly userId: Name;
  readonly name?: string;
}

/** Keypad events (RFC 4733): digits, `*`, `#`, A to D */
export type Digits = string;

/** Somebody of the company */
export interface Person {
  readonly userId: Name;
  /** For people */
  readonly name?: string;
}

/** A queue, by its id and its name for people */
export interface QueueRef {
  readonly queueId: Name;
  /** For people */
  readonly name: string;
}

/** The question to the agent: take a waiting contact, take one over, advise, or call somebody back */
export type OfferKind = "contact" | "transfer" | "consult" | "callback";

/** The reasons for choosing this agent, from the record of the decision */
export interface RoutingWhy {
  /** The version of the rules: the log position of the configuration that was in force */
  readonly rule: string;
  /** The comparison that settled the order of the agents */
  readonly decidedBy: "sticky" | "tier" | "longest_idle" | "least_occupied" | "best_skill" | "fewest_calls" | "round_robin" | "agent_id" | "only_candidate" | "ring_all" | "chosen";
  /** How many agents could have been chosen */
  readonly candidates: number;
  /** How long the contact had waited */
  readonly waitedMs: number;
}

/** An offer to the receiver */
export interface OfferView {
  readonly kind: OfferKind;
  /** When it began to ring */
  readonly since: Timestamp;
  /** When the offer ends; absent: as long as the contact waits */
  readonly expiresAt?: Timestamp;
  /** The colleague who asks, in a transfer or a consultation */
  readonly from?: Person;
  /** That colleague's note */
  readonly note?: string;
  readonly why?: RoutingWhy;
}

/** The purpose of a media connection */
export type LegKind = "main" | "consult" | "conference" | "supervision";

/** monitor: the supervisor hears both; whisper: the agent hears the supervisor, too; barge: so does the visitor */
export type SupervisionMode = "monitor" | "whisper" | "barge";

/** A media connection that the receiving session should have; there is at most one with each person in a contact */
export interface LegView {
  /** The other end */
  readonly userId: Name;
  /** For people */
  readonly name?: string;
  readonly kind: LegKind;
  /** The receiver makes the first offer on it */
  readonly offers: boolean;
  readonly mode?: SupervisionMode;
  /** The receiver sends the visitor's sound on it, mixed with its own microphone */
  readonly mix?: boolean;
}

/** A place in the queue, and the estimated wait */
export interface PlaceView {
  /** 1 is next */
  readonly place: number;
  /** Half of the contacts in this place are answered within this many minutes; absent: no estimate */
  readonly minMinutes?: number;
  /** Four of five are */
  readonly maxMinutes?: number;
  /** The place is kept for a visitor who has left the page */
  readonly away: boolean;
}

/** A requested callback */
export interface CallbackView {
  /** Attempts so far */
  readonly attempt: number;
  /** After this many failed attempts the callback is given up */
  readonly attemptsMax: number;
  /** The next attempt is not before this time */
  readonly dueAt?: Timestamp;
  /** A number, if the visitor left one */
  readonly phone?: string;
  /** The visitor's note */
  readonly note?: string;
}

/** Somebody who takes part in a contact besides its visitor and its agent */
export interface Participant {
  readonly userId: Name;
  /** For people */
  readonly name?: string;
  readonly kind: LegKind;
  readonly mode?: SupervisionMode;
  /** Has accepted */
  readonly connected: boolean;
}

/** Another agent's notes and outcome of a contact */
export interface NotesView {
  readonly userId: Name;
  /** For people */
  readonly name?: string;
  readonly notes?: string;
  readonly disposition?: string;
}

/** A line of chat */
export interface ChatMessage {
  /** Counts from 1 in each contact */
  readonly number: number;
  readonly from: Person;
  readonly party: Party;
  /** The text of the line */
  readonly text: string;
  readonly at: Timestamp;
}

/** The intent that an agent will have once the present work is done */
export interface NextIntent {
  readonly intent: Intent;
  readonly reason?: Name;
}

/** A reason for not being ready */
export interface ReasonView {
  readonly reason: Name;
  /** For people, if the reason is the company's own */
  readonly name: string;
  /** Counts as paid time */
  readonly paid?: boolean;
  /** Counts as productive time */
  readonly productive?: boolean;
  /** After this many minutes the desk points it out; absent: never */
  readonly maxMinutes?: number;
}

/** Somebody to consult or hand over to */
export interface DirectoryAgent {
  readonly userId: Name;
  /** For people */
  readonly name?: string;
  readonly label: AgentLabel;
  /** Could take a contact now */
  readonly free: boolean;
}

/** A queue to hand over to */
export interface DirectoryQueue {
  readonly queueId: Name;
  /** For people */
  readonly name: string;
  /** Within its hours */
  readonly open: boolean;
  /** Contacts that wait */
  readonly waiting: number;
  /** Agents who could take one now */
  readonly free: number;
}

/** A queue as a supervisor watches it */
export interface LiveQueue {
  readonly queueId: Name;
  /** For people */
  readonly name: string;
  /** Within its hours */
  readonly open: boolean;
  /** Contacts that wait */
  readonly waiting: number;
  /** Since when the first of them has */
  readonly longestWaitingSince?: Timestamp;
  /** Contacts that ring */
  readonly offering: number;
  /** Contacts with an agent */
  readonly talking: number;
  /** Callbacks to be made */
  readonly callbacks: number;
  /** Agents of the queue who are routable or busy */
  readonly staffed: number;
  /** Of these, routable */
  readonly free: number;
  /** Contacts that entered today, in the company's time zone */
  readonly offered: number;
  /** Of these, answered */
  readonly answered: number;
  /** Of these, given up by the visitor */
  readonly abandoned: number;
  /** Of these, gone elsewhere */
  readonly flowedOut: number;
  /** Of the answered, within the target time */
  readonly answeredInTarget?: number;
  /** Of the abandoned, within 5 s */
  readonly shortAbandoned?: number;
  /** The target time T */
  readonly targetSeconds?: number;
  /** answered within T / (answered + abandoned - short); absent while nothing can be said */
  readonly serviceLevelPercent?: number;
}

/** An agent as a supervisor watches it */
export interface LiveAgent {
  readonly userId: Name;
  /** For people */
  readonly name?: string;
  readonly label: AgentLabel;
  readonly intent: Intent;
  /** Of not ready */
  readonly reason?: string;
  /** When the label last changed */
  readonly since: Timestamp;
  readonly next?: NextIntent;
  /** Tabs and devices */
  readonly sessions: number;
  /** Can be heard */
  readonly mediaReady: boolean;
  /** The contact that the agent works on */
  readonly callId?: Name;
  /** The queues that the agent serves */
  readonly queues: readonly Name[];
  /** Contacts handled since signing in */
  readonly handled: number;
  /** Not ready for longer than the reason allows */
  readonly overdue?: boolean;
}

/** A contact as a supervisor watches it */
export interface LiveContact {
  readonly callId: Name;
  readonly state: ContactState;
  readonly channel?: Channel;
  readonly queue: QueueRef;
  readonly visitor: ContactVisitor;
  readonly agent?: ContactAgent;
  /** When the state last changed */
  readonly since: Timestamp;
  /** When it first entered a queue */
  readonly waitingSince: Timestamp;
  /** Everything that the contact waits for */
  readonly lost: readonly ("visitor" | "agent" | "media")[];
  /** The supervisors who listen or join in */
  readonly supervisors?: readonly Participant[];
}

/** A company, as a supervisor watches it. Every figure comes from its log */
export interface LiveView {
  readonly at: Timestamp;
  /** All of them */
  readonly queues: readonly LiveQueue[];
  /** Agents who are signed in */
  readonly agents: readonly LiveAgent[];
  /** Live contacts, the longest waiting first; at most 500 */
  readonly contacts: readonly LiveContact[];
  /** How many live contacts there are */
  readonly contactsTotal?: number;
  /** The receiver may act on these agents and contacts */
  readonly mayAct?: boolean;
}

/** A contact as one session sees it */
export interface ContactView {
  /** The call, which is the contact */
  readonly callId: Name;
  readonly state: ContactState;
  readonly channel: Channel;
  readonly visitor: ContactVisitor;
  readonly agent?: ContactAgent;
  /** The receiver's part in the contact */
  readonly you: "visitor" | "agent" | "offered" | "consulted" | "conference" | "supervisor";
  /** This session carries the media */
  readonly mediaOwner: boolean;
  /** The visitor must send a new offer to the agent: the server holds none */
  readonly needsOffer: boolean;
  readonly createdAt: Timestamp;
  readonly acceptedAt?: Timestamp;
  readonly connectedAt?: Timestamp;
  readonly endedAt?: Timestamp;
  readonly endReason?: EndReason;
  readonly endedBy?: Party;
  /** Everything that the contact waits for; if not empty, show "reconnecting" */
  readonly lost: readonly ("visitor" | "agent" | "media")[];
  readonly queue?: QueueRef;
  /** When it first entered a queue; survives requeuing, callbacks and reconnects */
  readonly waitingSince?: Timestamp;
  /** The offer to the receiver, while `you` is `offered` */
  readonly offer?: OfferView;
  /** The media connections that this session should have; empty unless it carries media */
  readonly legs?: readonly LegView[];
  /** The parties whose microphone is off */
  readonly muted?: readonly Party[];
  /** The person who put the contact on hold */
  readonly heldBy?: Person;
  /** Colleagues who advise, join in, or listen; for staff alone */
  readonly participants?: readonly Participant[];
  /** The receiver's wrap-up ends then */
  readonly wrapUpUntil?: Timestamp;
  /** How often it can still be extended */
  readonly wrapUpExtensions?: number;
  /** The receiver's own; for staff alone */
  readonly notes?: string;
  /** The receiver's own; for staff alone */
  readonly disposition?: string;
  /** Notes of the other agents who have, or had, the contact; for staff alone */
  readonly earlierNotes?: readonly NotesView[];
  readonly place?: PlaceView;
  readonly callback?: CallbackView;
  /** Of a voicemail */
  readonly recordingId?: Name;
  /** The number of its segments, each with one queue or one agent */
  readonly segments?: number;
  /** Names the click that the contact began with, in log lines too; for staff */
  readonly trace?: string;
}

/** An agent as their own sessions see them */
export interface AgentView {
  readonly userId: Name;
  readonly name?: string;
  readonly intent: Intent;
  readonly reason?: string;
  readonly label: AgentLabel;
  /** When the label last changed */
  readonly since: Timestamp;
  readonly mediaReady: boolean;
  readonly next?: NextIntent;
  /** The supervisor who set the intent for the agent */
  readonly forcedBy?: Person;
  /** That supervisor's note */
  readonly note?: string;
  /** Calls in a row that rang unanswered; absent: none */
  readonly misses?: number;
  /** Since when the agent is signed in */
  readonly signedInAt?: Timestamp;
  /** Contacts handled since then; absent: none */
  readonly handled?: number;
  /** Talk time since then; absent: none */
  readonly talkedMs?: number;
  /** The queues that the agent serves */
  readonly queues?: readonly QueueRef[];
}

/** A room and its users, in order of joining */
export interface RoomView {
  readonly roomId: Name;
  readonly users: readonly Name[];
}

/** The state that a session starts from */
export interface Snapshot {
  readonly rooms: readonly RoomView[];
  readonly contacts: readonly ContactView[];
  readonly agent?: AgentView;
}

/** A STUN or TURN server */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** Enters a room */
export interface ClientJoinRoom {
  readonly type: "join_room";
  readonly roomId: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Leaves a room, or all of them */
export interface ClientLeaveRoom {
  readonly type: "leave_room";
  /** The room; absent: all rooms */
  readonly roomId?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Offers media to a user, or to everyone in a room. A customer's offer to `agent-room` or `public-calls` with a callId is a contact entering the queue */
export interface ClientWebrtcOffer {
  readonly type: "webrtc_offer";
  /** A user or a room */
  readonly targetUserId: Name;
  /** Opaque to the server, which passes it on byte for byte; a SessionDescription by convention */
  readonly offer: unknown;
  /** The call, which is the contact */
  readonly callId?: Name;
  /** `voice` or `video` */
  readonly callType?: Channel;
  /** The visitor's name */
  readonly name?: string;
  /** The subject of the call */
  readonly topic?: string;
  /** The URL of the page from which the visitor calls */
  readonly page?: string;
  /** Absent: the default queue */
  readonly queueId?: Name;
  /** A language tag (BCP 47); if the queue asks for it, the agent must speak this language */
  readonly language?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Answers an offer */
export interface ClientWebrtcAnswer {
  readonly type: "webrtc_answer";
  /** A user */
  readonly targetUserId: Name;
  /** Opaque to the server, which passes it on byte for byte */
  readonly answer: unknown;
  /** The call, which is the contact */
  readonly callId?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Passes an ICE candidate on */
export interface ClientIceCandidate {
  readonly type: "ice_candidate";
  /** A user */
  readonly targetUserId: Name;
  /** Opaque to the server, which passes it on byte for byte; null too */
  readonly candidate: unknown;
  /** The call, which is the contact */
  readonly callId?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Announces a call in a room */
export interface ClientCallStarted {
  readonly type: "call_started";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly roomId: Name;
  readonly callType?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Ends a call */
export interface ClientCallEnded {
  readonly type: "call_ended";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly roomId: Name;
  readonly reason?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Accepted and ignored: original agent pages send it */
export interface ClientCallRejected {
  readonly type: "call_rejected";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly reason?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Announces an agent's status to the company (staff only) */
export interface ClientAgentStatus {
  readonly type: "agent_status";
  readonly status: Name;
  readonly availability?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Asks for a `pong` */
export interface ClientPing {
  readonly type: "ping";
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** The first message of a client that has no token in its address. It must come within 5 s, with nothing before it */
export interface ClientAuthenticate {
  readonly type: "authenticate";
  /** The access token (JWT) */
  readonly token: string;
  /** The last one of an earlier session */
  readonly resumeToken?: string;
  /** The last `seq` that the client has seen in that session; absent if the client no longer knows it */
  readonly seq?: number;
}

/** Goes on under a new token of the same user, company and role */
export interface ClientRefreshToken {
  readonly type: "refresh_token";
  readonly token: string;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Asks for `ice_servers` */
export interface ClientGetIceServers {
  readonly type: "get_ice_servers";
  /** The call, which is the contact */
  readonly callId?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Sets the agent's intent; the latest wins */
export interface ClientSetAgentIntent {
  readonly type: "set_agent_intent";
  readonly intent: Intent;
  readonly reason?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Whether microphone and audio run in this session */
export interface ClientSetMediaReady {
  readonly type: "set_media_ready";
  readonly ready: boolean;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Takes an offered contact; of several accepts one wins */
export interface ClientAcceptContact {
  readonly type: "accept_contact";
  /** The call, which is the contact */
  readonly callId: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Declines an offered contact */
export interface ClientDeclineContact {
  readonly type: "decline_contact";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly reason?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Whether this media owner hears the other side */
export interface ClientMediaState {
  readonly type: "media_state";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly state: "up" | "down";
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Makes this session the media owner */
export interface ClientClaimMedia {
  readonly type: "claim_media";
  /** The call, which is the contact */
  readonly callId: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Ends a contact */
export interface ClientEndContact {
  readonly type: "end_contact";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly reason?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** A visitor begins: the form is open, and the contact rings nobody */
export interface ClientOpenContact {
  readonly type: "open_contact";
  /** The call, which is the contact */
  readonly callId: Name;
  /** Absent: the default queue */
  readonly queueId?: Name;
  /** `voice` or `video` */
  readonly callType?: Channel;
  /** The visitor's name */
  readonly name?: string;
  /** The subject of the call */
  readonly topic?: string;
  /** The URL of the page from which the visitor calls */
  readonly page?: string;
  /** A language tag (BCP 47) */
  readonly language?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Asks for the state of a queue before calling */
export interface ClientGetQueueStatus {
  readonly type: "get_queue_status";
  /** Absent: the default queue */
  readonly queueId?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** A visitor leaves the page and keeps the place; the contact rings nobody until the visitor is back */
export interface ClientKeepPlace {
  readonly type: "keep_place";
  /** The call, which is the contact */
  readonly callId: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** A waiting visitor asks to be called back instead; the original time of entry is kept */
export interface ClientRequestCallback {
  readonly type: "request_callback";
  /** The call, which is the contact */
  readonly callId: Name;
  /** For an agent who calls by telephone */
  readonly phone?: string;
  /** The visitor's note */
  readonly note?: string;
  /** The queue of a new contact; absent: the default queue */
  readonly queueId?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** A recording replaces the call, and waits in the queue as a contact */
export interface ClientLeaveVoicemail {
  readonly type: "leave_voicemail";
  /** The call, which is the contact */
  readonly callId: Name;
  /** From POST /api/v1/voicemails */
  readonly recordingId: Name;
  /** How long it is, at most an hour */
  readonly durationMs: number;
  /** Absent: the default queue */
  readonly queueId?: Name;
  /** The visitor's name */
  readonly name?: string;
  /** The subject of the call */
  readonly topic?: string;
  /** The URL of the page from which the visitor calls */
  readonly page?: string;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** The visitor's rating, within an hour after the end */
export interface ClientRateContact {
  readonly type: "rate_contact";
  /** The call, which is the contact */
  readonly callId: Name;
  /** 5 is best */
  readonly rating: number;
  /** In words */
  readonly comment?: string;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Drops the agent's next intent: the present one stays */
export interface ClientCancelNextIntent {
  readonly type: "cancel_next_intent";
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Puts the contact on hold: the visitor hears music, and neither side hears the other */
export interface ClientHoldContact {
  readonly type: "hold_contact";
  /** The call, which is the contact */
  readonly callId: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Takes the contact off hold */
export interface ClientResumeContact {
  readonly type: "resume_contact";
  /** The call, which is the contact */
  readonly callId: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** The agent of a callback by telephone has the visitor on the line: the contact is connected */
export interface ClientCallbackReached {
  readonly type: "callback_reached";
  /** The call, which is the contact */
  readonly callId: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Tells the other side that the microphone is off or on */
export interface ClientSetMuted {
  readonly type: "set_muted";
  /** The call, which is the contact */
  readonly callId: Name;
  /** The microphone is off */
  readonly muted: boolean;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Sends keys that a party has pressed */
export interface ClientSendKeypad {
  readonly type: "send_keypad";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly digits: Digits;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Sends a line of chat to the other party */
export interface ClientSendChat {
  readonly type: "send_chat";
  /** The call, which is the contact */
  readonly callId: Name;
  /** The text; line breaks are allowed */
  readonly text: string;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Asks for the chat so far */
export interface ClientGetChat {
  readonly type: "get_chat";
  /** The call, which is the contact */
  readonly callId: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Hands the contact over without asking, either to a queue or to an agent */
export interface ClientTransferContact {
  readonly type: "transfer_contact";
  /** The call, which is the contact */
  readonly callId: Name;
  /** The new queue */
  readonly queueId?: Name;
  /** The new agent */
  readonly agentId?: Name;
  /** A note for the next agent */
  readonly note?: string;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Asks a colleague while the visitor is on hold, either an agent or the next one of a queue */
export interface ClientConsult {
  readonly type: "consult";
  /** The call, which is the contact */
  readonly callId: Name;
  /** The agent */
  readonly agentId?: Name;
  /** Or the next agent of this queue */
  readonly queueId?: Name;
  /** The subject of the call */
  readonly note?: string;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Ends the consultation or the conference; the visitor comes off hold */
export interface ClientCancelConsult {
  readonly type: "cancel_consult";
  /** The call, which is the contact */
  readonly callId: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** The colleague who was consulted, or has joined, has the contact from now on */
export interface ClientCompleteTransfer {
  readonly type: "complete_transfer";
  /** The call, which is the contact */
  readonly callId: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** The consulted colleague joins; all three hear each other */
export interface ClientStartConference {
  readonly type: "start_conference";
  /** The call, which is the contact */
  readonly callId: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Puts the contact back to the front of its queue, or of another */
export interface ClientRequeueContact {
  readonly type: "requeue_contact";
  /** The call, which is the contact */
  readonly callId: Name;
  /** Absent: its own */
  readonly queueId?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** A supervisor gives a contact to an agent */
export interface ClientReassignContact {
  readonly type: "reassign_contact";
  /** The call, which is the contact */
  readonly callId: Name;
  /** The agent who gets the contact */
  readonly agentId: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Replaces the agent's notes */
export interface ClientSetNotes {
  readonly type: "set_notes";
  /** The call, which is the contact */
  readonly callId: Name;
  /** All of the notes, each time; line breaks are allowed */
  readonly notes: string;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Sets the agent's outcome of the contact */
export interface ClientSetDisposition {
  readonly type: "set_disposition";
  /** The call, which is the contact */
  readonly callId: Name;
  /** One of the company's codes, or any word */
  readonly disposition: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Extends the wrap-up, within the queue's limit */
export interface ClientExtendWrapUp {
  readonly type: "extend_wrap_up";
  /** The call, which is the contact */
  readonly callId: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Ends the wrap-up */
export interface ClientEndWrapUp {
  readonly type: "end_wrap_up";
  /** The call, which is the contact */
  readonly callId: Name;
  /** The agent, named by a supervisor; absent: the sender */
  readonly agentId?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** A supervisor listens or joins in; the agent's browser carries the sound */
export interface ClientSuperviseContact {
  readonly type: "supervise_contact";
  /** The call, which is the contact */
  readonly callId: Name;
  /** `none` leaves */
  readonly mode: "monitor" | "whisper" | "barge" | "none";
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** A supervisor has the contact from now on */
export interface ClientTakeOverContact {
  readonly type: "take_over_contact";
  /** The call, which is the contact */
  readonly callId: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** A supervisor sets an agent's intent; the agent sees the supervisor's name and the note */
export interface ClientForceIntent {
  readonly type: "force_intent";
  /** The agent */
  readonly agentId: Name;
  readonly intent: Intent;
  readonly reason?: Name;
  /** Why */
  readonly note: string;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** A supervisor asks for `live_state`, at once and at every change, at most once a second */
export interface ClientWatchLive {
  readonly type: "watch_live";
  /** `false` stops it */
  readonly watch: boolean;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Asks for the queues and agents to consult or hand over to, and for the company's reasons and dispositions */
export interface ClientGetDirectory {
  readonly type: "get_directory";
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
  /** Names a person's action; a contact that begins with it, and the server's log lines about that, carry it */
  readonly trace?: string;
}

/** Whatever a client of version 2 says. */
export type ClientMessage =
  | ClientJoinRoom
  | ClientLeaveRoom
  | ClientWebrtcOffer
  | ClientWebrtcAnswer
  | ClientIceCandidate
  | ClientCallStarted
  | ClientCallEnded
  | ClientCallRejected
  | ClientAgentStatus
  | ClientPing
  | ClientAuthenticate
  | ClientRefreshToken
  | ClientGetIceServers
  | ClientSetAgentIntent
  | ClientSetMediaReady
  | ClientAcceptContact
  | ClientDeclineContact
  | ClientMediaState
  | ClientClaimMedia
  | ClientEndContact
  | ClientOpenContact
  | ClientGetQueueStatus
  | ClientKeepPlace
  | ClientRequestCallback
  | ClientLeaveVoicemail
  | ClientRateContact
  | ClientCancelNextIntent
  | ClientHoldContact
  | ClientResumeContact
  | ClientCallbackReached
  | ClientSetMuted
  | ClientSendKeypad
  | ClientSendChat
  | ClientGetChat
  | ClientTransferContact
  | ClientConsult
  | ClientCancelConsult
  | ClientCompleteTransfer
  | ClientStartConference
  | ClientRequeueContact
  | ClientReassignContact
  | ClientSetNotes
  | ClientSetDisposition
  | ClientExtendWrapUp
  | ClientEndWrapUp
  | ClientSuperviseContact
  | ClientTakeOverContact
  | ClientForceIntent
  | ClientWatchLive
  | ClientGetDirectory;

/** Enters a room */
export interface ClientJoinRoomV1 {
  readonly type: "join_room";
  readonly roomId: Name;
}

/** Leaves a room, or all of them */
export interface ClientLeaveRoomV1 {
  readonly type: "leave_room";
  /** The room; absent: all rooms */
  readonly roomId?: Name;
}

/** Offers media to a user, or to everyone in a room. A customer's offer to `agent-room` or `public-calls` with a callId is a contact entering the queue */
export interface ClientWebrtcOfferV1 {
  readonly type: "webrtc_offer";
  /** A user or a room */
  readonly targetUserId: Name;
  /** Opaque to the server, which passes it on byte for byte; a SessionDescription by convention */
  readonly offer: unknown;
  /** The call, which is the contact */
  readonly callId?: Name;
}

/** Answers an offer */
export interface ClientWebrtcAnswerV1 {
  readonly type: "webrtc_answer";
  /** A user */
  readonly targetUserId: Name;
  /** Opaque to the server, which passes it on byte for byte */
  readonly answer: unknown;
  /** The call, which is the contact */
  readonly callId?: Name;
}

/** Passes an ICE candidate on */
export interface ClientIceCandidateV1 {
  readonly type: "ice_candidate";
  /** A user */
  readonly targetUserId: Name;
  /** Opaque to the server, which passes it on byte for byte; null too */
  readonly candidate: unknown;
  /** The call, which is the contact */
  readonly callId?: Name;
}

/** Announces a call in a room */
export interface ClientCallStartedV1 {
  readonly type: "call_started";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly roomId: Name;
  readonly callType?: Name;
}

/** Ends a call */
export interface ClientCallEndedV1 {
  readonly type: "call_ended";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly roomId: Name;
  readonly reason?: Name;
}

/** Accepted and ignored: original agent pages send it */
export interface ClientCallRejectedV1 {
  readonly type: "call_rejected";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly reason?: Name;
}

/** Announces an agent's status to the company (staff only) */
export interface ClientAgentStatusV1 {
  readonly type: "agent_status";
  readonly status: Name;
  readonly availability?: Name;
}

/** Asks for a `pong` */
export interface ClientPingV1 {
  readonly type: "ping";
}

/** Whatever a client of version 1 says. */
export type ClientMessageV1 =
  | ClientJoinRoomV1
  | ClientLeaveRoomV1
  | ClientWebrtcOfferV1
  | ClientWebrtcAnswerV1
  | ClientIceCandidateV1
  | ClientCallStartedV1
  | ClientCallEndedV1
  | ClientCallRejectedV1
  | ClientAgentStatusV1
  | ClientPingV1;

/** The first message of a connection */
export interface ServerConnectionEstablished {
  readonly type: "connection_established";
  readonly userId: Name;
  readonly role: Name;
  readonly companyId: Name;
  readonly timestamp: Timestamp;
  readonly name?: string;
  readonly sessionId: Name;
  /** A secret: opens the session again */
  readonly resumeToken: string;
  /** Changes when the server's memory is lost */
  readonly epoch: string;
  readonly resumed: boolean;
  /** Send `ping` after this time without a message */
  readonly heartbeatMs: number;
  readonly serverTime: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** You have joined a room */
export interface ServerRoomJoined {
  readonly type: "room_joined";
  readonly roomId: Name;
  /** In order of joining, your own id included */
  readonly users: readonly Name[];
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** Someone joined a room that you are in */
export interface ServerUserJoined {
  readonly type: "user_joined";
  readonly userId: Name;
  readonly roomId: Name;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** Someone left a room that you are in */
export interface ServerUserLeft {
  readonly type: "user_left";
  readonly userId: Name;
  readonly roomId: Name;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** Someone offers media */
export interface ServerWebrtcOffer {
  readonly type: "webrtc_offer";
  readonly fromUserId: Name;
  /** Opaque to the server, which passes it on byte for byte; a SessionDescription by convention */
  readonly offer: unknown;
  /** The call, which is the contact */
  readonly callId?: Name;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** Your offer has been handled; says nothing about whether anyone was reached */
export interface ServerOfferSent {
  readonly type: "offer_sent";
  /** As it was sent */
  readonly targetUserId: Name;
  /** The call, which is the contact */
  readonly callId?: Name;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** Someone answers your offer */
export interface ServerWebrtcAnswer {
  readonly type: "webrtc_answer";
  readonly fromUserId: Name;
  /** As it was sent */
  readonly answer: unknown;
  /** The call, which is the contact */
  readonly callId?: Name;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** Your answer has been handled */
export interface ServerAnswerSent {
  readonly type: "answer_sent";
  /** As it was sent */
  readonly targetUserId: Name;
  /** The call, which is the contact */
  readonly callId?: Name;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** An ICE candidate of the other side */
export interface ServerIceCandidate {
  readonly type: "ice_candidate";
  readonly fromUserId: Name;
  /** As it was sent; null too */
  readonly candidate: unknown;
  /** The call, which is the contact */
  readonly callId?: Name;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** A call was announced in a room that you are in */
export interface ServerCallStarted {
  readonly type: "call_started";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly initiatedBy: Name;
  readonly callType?: Name;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** A call has ended */
export interface ServerCallEnded {
  readonly type: "call_ended";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly endedBy: Name;
  readonly reason?: Name;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** An agent of the company said how they are */
export interface ServerAgentStatusChanged {
  readonly type: "agent_status_changed";
  readonly userId: Name;
  readonly status: Name;
  readonly availability?: Name;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** The answer to `ping` */
export interface ServerPong {
  readonly type: "pong";
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** The server's clock was corrected, and has moved by more than 250 ms since the last announced time. `clock` repeats the `seq` before it and is never replayed */
export interface ServerClock {
  readonly type: "clock";
  readonly serverTime: Timestamp;
  readonly timestamp: Timestamp;
  /** That of the message before it */
  readonly seq: number;
}

/** Something you sent had no effect */
export interface ServerError {
  readonly type: "error";
  readonly message: string;
  readonly detail?: string;
  readonly timestamp: Timestamp;
  readonly code: ErrorCode;
  /** The command that failed */
  readonly id?: string;
  /** Of `overloaded`, if it is known: milliseconds until the client may try again */
  readonly retryAfterMs?: number;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** A command has taken effect and is durable */
export interface ServerAck {
  readonly type: "ack";
  readonly id: string;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** All earlier state is void; the snapshot replaces it */
export interface ServerSessionReset {
  readonly type: "session_reset";
  readonly reason: ResetReason;
  readonly snapshot: Snapshot;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** The access token is about to expire */
export interface ServerTokenExpiring {
  readonly type: "token_expiring";
  readonly expiresAt: Timestamp;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** The ICE servers to use */
export interface ServerIceServers {
  readonly type: "ice_servers";
  /** The call, which is the contact */
  readonly callId?: Name;
  readonly iceServers: readonly IceServer[];
  /** Ask again at half of it */
  readonly ttlSeconds: number;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** A contact rings here */
export interface ServerContactOffered {
  readonly type: "contact_offered";
  readonly contact: ContactView;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** A contact no longer rings here */
export interface ServerContactRevoked {
  readonly type: "contact_revoked";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly reason: RevokeReason;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** The consulted colleague did not come, or has left */
export interface ServerConsultEnded {
  readonly type: "consult_ended";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly colleague: Person;
  readonly reason: ConsultEnd;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** A contact of yours has changed */
export interface ServerContactState {
  readonly type: "contact_state";
  readonly contact: ContactView;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** The agent's own state has changed */
export interface ServerAgentState {
  readonly type: "agent_state";
  readonly agent: AgentView;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** Your place in the queue */
export interface ServerQueuePlace {
  readonly type: "queue_place";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly place: PlaceView;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** The state of a queue */
export interface ServerQueueStatus {
  readonly type: "queue_status";
  readonly queueId: Name;
  /** For people */
  readonly name?: string;
  /** Within its hours */
  readonly open: boolean;
  /** When it opens next; absent while it is open, or if it never opens */
  readonly opensAt?: Timestamp;
  /** Somebody is there, free or busy */
  readonly staffed: boolean;
  /** The queue takes no further contacts now */
  readonly full?: boolean;
  /** A callback can be asked for */
  readonly callback: boolean;
  /** A message can be left */
  readonly voicemail: boolean;
  /** Half of the visitors who come now are answered within this many minutes; absent: no estimate */
  readonly minMinutes?: number;
  /** Four of five are */
  readonly maxMinutes?: number;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** A line of chat */
export interface ServerChatMessage {
  readonly type: "chat_message";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly message: ChatMessage;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** The chat so far; at most the last 200 lines */
export interface ServerChatHistory {
  readonly type: "chat_history";
  /** The call, which is the contact */
  readonly callId: Name;
  /** In order */
  readonly messages: readonly ChatMessage[];
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** The other party has pressed keys */
export interface ServerKeypad {
  readonly type: "keypad";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly party: Party;
  readonly digits: Digits;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** The queues and agents to consult or hand over to, and the company's reasons and dispositions */
export interface ServerDirectory {
  readonly type: "directory";
  /** All of them */
  readonly queues: readonly DirectoryQueue[];
  /** Agents who are signed in */
  readonly agents: readonly DirectoryAgent[];
  /** For not being ready */
  readonly reasons: readonly ReasonView[];
  /** The company's codes */
  readonly dispositions: readonly Name[];
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** The company as it is now */
export interface ServerLiveState {
  readonly type: "live_state";
  readonly live: LiveView;
  readonly timestamp: Timestamp;
  /** Rises by one within the session and epoch */
  readonly seq: number;
}

/** Whatever the server of version 2 says. */
export type ServerMessage =
  | ServerConnectionEstablished
  | ServerRoomJoined
  | ServerUserJoined
  | ServerUserLeft
  | ServerWebrtcOffer
  | ServerOfferSent
  | ServerWebrtcAnswer
  | ServerAnswerSent
  | ServerIceCandidate
  | ServerCallStarted
  | ServerCallEnded
  | ServerAgentStatusChanged
  | ServerPong
  | ServerClock
  | ServerError
  | ServerAck
  | ServerSessionReset
  | ServerTokenExpiring
  | ServerIceServers
  | ServerContactOffered
  | ServerContactRevoked
  | ServerConsultEnded
  | ServerContactState
  | ServerAgentState
  | ServerQueuePlace
  | ServerQueueStatus
  | ServerChatMessage
  | ServerChatHistory
  | ServerKeypad
  | ServerDirectory
  | ServerLiveState;

/** The first message of a connection */
export interface ServerConnectionEstablishedV1 {
  readonly type: "connection_established";
  readonly userId: Name;
  readonly role: Name;
  readonly companyId: Name;
  readonly timestamp: Timestamp;
}

/** You have joined a room */
export interface ServerRoomJoinedV1 {
  readonly type: "room_joined";
  readonly roomId: Name;
  /** In order of joining, your own id included */
  readonly users: readonly Name[];
  readonly timestamp: Timestamp;
}

/** Someone joined a room that you are in */
export interface ServerUserJoinedV1 {
  readonly type: "user_joined";
  readonly userId: Name;
  readonly roomId: Name;
  readonly timestamp: Timestamp;
}

/** Someone left a room that you are in */
export interface ServerUserLeftV1 {
  readonly type: "user_left";
  readonly userId: Name;
  readonly roomId: Name;
  readonly timestamp: Timestamp;
}

/** Someone offers media */
export interface ServerWebrtcOfferV1 {
  readonly type: "webrtc_offer";
  readonly fromUserId: Name;
  /** Opaque to the server, which passes it on byte for byte; a SessionDescription by convention */
  readonly offer: unknown;
  /** The call, which is the contact */
  readonly callId?: Name;
  readonly timestamp: Timestamp;
}

/** Your offer has been handled; says nothing about whether anyone was reached */
export interface ServerOfferSentV1 {
  readonly type: "offer_sent";
  /** As it was sent */
  readonly targetUserId: Name;
  /** The call, which is the contact */
  readonly callId?: Name;
  readonly timestamp: Timestamp;
}

/** Someone answers your offer */
export interface ServerWebrtcAnswerV1 {
  readonly type: "webrtc_answer";
  readonly fromUserId: Name;
  /** As it was sent */
  readonly answer: unknown;
  /** The call, which is the contact */
  readonly callId?: Name;
  readonly timestamp: Timestamp;
}

/** Your answer has been handled */
export interface ServerAnswerSentV1 {
  readonly type: "answer_sent";
  /** As it was sent */
  readonly targetUserId: Name;
  /** The call, which is the contact */
  readonly callId?: Name;
  readonly timestamp: Timestamp;
}

/** An ICE candidate of the other side */
export interface ServerIceCandidateV1 {
  readonly type: "ice_candidate";
  readonly fromUserId: Name;
  /** As it was sent; null too */
  readonly candidate: unknown;
  /** The call, which is the contact */
  readonly callId?: Name;
  readonly timestamp: Timestamp;
}

/** A call was announced in a room that you are in */
export interface ServerCallStartedV1 {
  readonly type: "call_started";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly initiatedBy: Name;
  readonly callType?: Name;
  readonly timestamp: Timestamp;
}

/** A call has ended */
export interface ServerCallEndedV1 {
  readonly type: "call_ended";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly endedBy: Name;
  readonly reason?: Name;
  readonly timestamp: Timestamp;
}

/** An agent of the company said how they are */
export interface ServerAgentStatusChangedV1 {
  readonly type: "agent_status_changed";
  readonly userId: Name;
  readonly status: Name;
  readonly availability?: Name;
  readonly timestamp: Timestamp;
}

/** The answer to `ping` */
export interface ServerPongV1 {
  readonly type: "pong";
  readonly timestamp: Timestamp;
}

/** Something you sent had no effect */
export interface ServerErrorV1 {
  readonly type: "error";
  readonly message: string;
  readonly detail?: string;
  readonly timestamp: Timestamp;
  /** Of `overloaded`, if it is known: milliseconds until the client may try again */
  readonly retryAfterMs?: number;
}

/** Whatever the server of version 1 says. */
export type ServerMessageV1 =
  | ServerConnectionEstablishedV1
  | ServerRoomJoinedV1
  | ServerUserJoinedV1
  | ServerUserLeftV1
  | ServerWebrtcOfferV1
  | ServerOfferSentV1
  | ServerWebrtcAnswerV1
  | ServerAnswerSentV1
  | ServerIceCandidateV1
  | ServerCallStartedV1
  | ServerCallEndedV1
  | ServerAgentStatusChangedV1
  | ServerPongV1
  | ServerErrorV1;
