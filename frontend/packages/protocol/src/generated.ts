// Generated from api/signalling.json by `npm run generate`. Do not edit.

/** A name: 1 to 128 bytes of UTF-8 without control characters */
export type Name = string;

/** The server's clock, ISO 8601 UTC with milliseconds */
export type Timestamp = string;

/** What went wrong, for programs */
export type ErrorCode = "invalid" | "unauthenticated" | "forbidden" | "not_found" | "reservation_lost" | "gone" | "too_large" | "overloaded" | "unavailable";

/** What an agent chose to be */
export type Intent = "available" | "not_ready" | "offline";

/** The one word shown for an agent: the first that holds */
export type AgentLabel = "reserved" | "on_call" | "not_ready" | "available" | "offline";

/** What a contact asks for */
export type Channel = "voice" | "video";

/** Where a contact is in its life */
export type ContactState = "queued" | "offering" | "connecting" | "connected" | "closed";

/** Who did it */
export type Party = "visitor" | "agent" | "system";

/** Why a contact ended */
export type EndReason = "completed_visitor" | "completed_agent" | "completed_system" | "abandoned_queue" | "abandoned_ringing" | "lost_visitor" | "lost_agent" | "media_failed" | "supervisor_ended";

/** Why an offer was taken back */
export type RevokeReason = "answered_elsewhere" | "visitor_left" | "declined" | "not_routable" | "ended";

/** Why a session starts from a snapshot: it is new; the client asked (no `seq`); the server restarted; too much was missed; the log could not be written */
export type ResetReason = "new" | "requested" | "epoch" | "overrun" | "unavailable";

/** The visitor of a contact */
export interface ContactVisitor {
  readonly userId: Name;
  readonly name?: string;
  readonly topic?: string;
  /** The URL the visitor called from */
  readonly page?: string;
}

/** The agent of a contact */
export interface ContactAgent {
  readonly userId: Name;
  readonly name?: string;
}

/** A contact as one session sees it */
export interface ContactView {
  /** The call, which is the contact */
  readonly callId: Name;
  readonly state: ContactState;
  readonly channel: Channel;
  readonly visitor: ContactVisitor;
  readonly agent?: ContactAgent;
  /** What the receiver is to the contact */
  readonly you: "visitor" | "agent" | "offered";
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
  /** What is being waited for; not empty means reconnecting */
  readonly lost: readonly ("visitor" | "agent" | "media")[];
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
}

/** A room and who is in it, in order of joining */
export interface RoomView {
  readonly roomId: Name;
  readonly users: readonly Name[];
}

/** All that a session has to know */
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
}

/** Leaves a room, or all of them */
export interface ClientLeaveRoom {
  readonly type: "leave_room";
  /** The room; all rooms when left out */
  readonly roomId?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
}

/** Offers media to a user, or to everyone in a room. A customer's offer to `agent-room` or `public-calls` with a callId is a contact entering the queue */
export interface ClientWebrtcOffer {
  readonly type: "webrtc_offer";
  /** A user or a room */
  readonly targetUserId: Name;
  /** Opaque to the server and relayed byte for byte; a SessionDescription by convention */
  readonly offer: unknown;
  /** The call, which is the contact */
  readonly callId?: Name;
  readonly callType?: Channel;
  /** The visitor's name */
  readonly name?: string;
  /** What it is about */
  readonly topic?: string;
  /** The URL the visitor calls from */
  readonly page?: string;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
}

/** Answers an offer */
export interface ClientWebrtcAnswer {
  readonly type: "webrtc_answer";
  /** A user */
  readonly targetUserId: Name;
  /** Opaque to the server and relayed byte for byte */
  readonly answer: unknown;
  /** The call, which is the contact */
  readonly callId?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
}

/** Passes an ICE candidate on */
export interface ClientIceCandidate {
  readonly type: "ice_candidate";
  /** A user */
  readonly targetUserId: Name;
  /** Opaque to the server and relayed byte for byte; null too */
  readonly candidate: unknown;
  /** The call, which is the contact */
  readonly callId?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
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
}

/** Tells the company how an agent is (staff only) */
export interface ClientAgentStatus {
  readonly type: "agent_status";
  readonly status: Name;
  readonly availability?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
}

/** Asks for a `pong` */
export interface ClientPing {
  readonly type: "ping";
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
}

/** Goes on under a new token of the same user, company and role */
export interface ClientRefreshToken {
  readonly type: "refresh_token";
  readonly token: string;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
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
}

/** What the agent chooses to be; the latest wins */
export interface ClientSetAgentIntent {
  readonly type: "set_agent_intent";
  readonly intent: Intent;
  readonly reason?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
}

/** Whether microphone and audio run in this session */
export interface ClientSetMediaReady {
  readonly type: "set_media_ready";
  readonly ready: boolean;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
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
}

/** Does not take an offered contact */
export interface ClientDeclineContact {
  readonly type: "decline_contact";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly reason?: Name;
  /** Asks for an `ack` or an `error`; the same id again changes nothing */
  readonly id?: string;
  /** The last `seq` the client has seen */
  readonly ack?: number;
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
  | ClientRefreshToken
  | ClientGetIceServers
  | ClientSetAgentIntent
  | ClientSetMediaReady
  | ClientAcceptContact
  | ClientDeclineContact
  | ClientMediaState
  | ClientClaimMedia
  | ClientEndContact;

/** Enters a room */
export interface ClientJoinRoomV1 {
  readonly type: "join_room";
  readonly roomId: Name;
}

/** Leaves a room, or all of them */
export interface ClientLeaveRoomV1 {
  readonly type: "leave_room";
  /** The room; all rooms when left out */
  readonly roomId?: Name;
}

/** Offers media to a user, or to everyone in a room. A customer's offer to `agent-room` or `public-calls` with a callId is a contact entering the queue */
export interface ClientWebrtcOfferV1 {
  readonly type: "webrtc_offer";
  /** A user or a room */
  readonly targetUserId: Name;
  /** Opaque to the server and relayed byte for byte; a SessionDescription by convention */
  readonly offer: unknown;
  /** The call, which is the contact */
  readonly callId?: Name;
}

/** Answers an offer */
export interface ClientWebrtcAnswerV1 {
  readonly type: "webrtc_answer";
  /** A user */
  readonly targetUserId: Name;
  /** Opaque to the server and relayed byte for byte */
  readonly answer: unknown;
  /** The call, which is the contact */
  readonly callId?: Name;
}

/** Passes an ICE candidate on */
export interface ClientIceCandidateV1 {
  readonly type: "ice_candidate";
  /** A user */
  readonly targetUserId: Name;
  /** Opaque to the server and relayed byte for byte; null too */
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

/** Tells the company how an agent is (staff only) */
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
  /** Send `ping` after so long without a message */
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
  /** Opaque to the server and relayed byte for byte; a SessionDescription by convention */
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

/** Something you sent had no effect */
export interface ServerError {
  readonly type: "error";
  readonly message: string;
  readonly detail?: string;
  readonly timestamp: Timestamp;
  readonly code: ErrorCode;
  /** The command that failed */
  readonly id?: string;
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

/** Everything known is void; this is how things are */
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

/** A contact rings here no longer */
export interface ServerContactRevoked {
  readonly type: "contact_revoked";
  /** The call, which is the contact */
  readonly callId: Name;
  readonly reason: RevokeReason;
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

/** You, as an agent, have changed */
export interface ServerAgentState {
  readonly type: "agent_state";
  readonly agent: AgentView;
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
  | ServerError
  | ServerAck
  | ServerSessionReset
  | ServerTokenExpiring
  | ServerIceServers
  | ServerContactOffered
  | ServerContactRevoked
  | ServerContactState
  | ServerAgentState;

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
  /** Opaque to the server and relayed byte for byte; a SessionDescription by convention */
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
