/** Bounds and times of the client. Each says what happens at it. */
export const limits = {
  /** Commands that wait for an answer; one more is refused with `overloaded`. The server remembers as many answers. */
  pendingCommandsMax: 256,
  /** Messages heard without telling the server; then a ping carries the `ack`. The server allows 50. */
  unacknowledgedMax: 32,
  /** A socket that has not said who we are by then is given up, ms. */
  connectTimeoutMs: 10_000,
  /** The first attempt comes within this, ms; it doubles from attempt to attempt up to the cap. */
  backoffFirstMs: 250,
  backoffCapMs: 10_000,
  /** A server that has no room is asked again at the latest after this, whatever it says, ms. */
  retryAfterMaxMs: 600_000,
  /** After a connection that lasted at least this, the backoff begins anew, ms. */
  settledMs: 5_000,
  /** After a wake-up (network back, page visible) the server has this long to show that it is there, ms. */
  wakeDeadlineMs: 4_000,
  /** Between two renewals of the token, also after `getToken` has failed while the old one still runs, ms. */
  tokenRetryMs: 5_000,
  /** The server warns 60 s before a token expires. One of which less is left lives shortly, and is renewed at half of that, ms. */
  tokenShortMs: 30_000,
  /** How far a message's time may be ahead of ours before our clock is corrected: less may come of its way here, ms. */
  clockSlackMs: 250,

  /** Lines of one chat that are kept; the oldest go. The server's history has as many. */
  chatLinesMax: 200,
  /** Notes are sent when nothing has been typed for this time, ms. */
  notesQuietMs: 800,
  /** ...and while the agent goes on typing: the longest time that a letter waits to be sent, ms. */
  notesUnsentMs: 1_000,
  /** Notes that the server has not taken are sent again after this, while the contact lives, ms. */
  notesRetryMs: 5_000,
  /** Notes of contacts that are over and were not taken: kept to be copied. Beyond: the oldest go. */
  notesUnsavedMax: 8,
  /** A voicemail ends by itself after this, ms. */
  voicemailMaxMs: 120_000,

  /** Candidates of the other side kept for a description that has not come; the oldest go first. */
  earlyCandidatesMax: 128,
  /** Relayed messages kept for a call that is just being set up here; the oldest go first. */
  earlyRelaysMax: 128,
  /** Waiting for ICE servers before a call goes on with those it has, ms. */
  iceServersWaitMs: 2_000,
  /** The media is lost when ICE has been `disconnected`, or no packet has come, for these times, ms. */
  iceDisconnectedMs: 3_000,
  noInboundMs: 5_000,
  /** Between two tries to mend lost media: three in 30 s, ms. */
  recoveryTryMs: 10_000,
  /** How often packets are counted: until media flows, and then, ms. */
  watchStartingMs: 200,
  watchFlowingMs: 1_000,
  /** Statistics, and how long the worst of them is kept, ms. */
  statisticsMs: 5_000,
  worstQualityMs: 30_000,
  /** The level meter, ms. */
  levelsMs: 50,
} as const;
