import { Emitter } from '../observable.ts';
import type { Signalling } from '../signalling/types.ts';
import { Availability } from './availability.ts';
import { CarriedCall } from './carried-call.ts';
import { ChatHistory } from './chat-history.ts';
import { CompanyWatch } from './company-watch.ts';
import { CurrentCall } from './current-call.ts';
import type { CallEvents } from './events.ts';
import { LevelMeter } from './levels.ts';
import { LocalMedia } from './local-media.ts';
import { Notes } from './notes.ts';
import { Requests } from './requests.ts';
import { Ringing } from './ringing.ts';
import type { CallEngineOptions } from './types.ts';
import { Voicemail } from './voicemail.ts';

/** What the parts ask of the engine that joins them. */
export interface Joints {
  /** Brings this page in line with what the server says. */
  readonly follow: () => void;
  /** Something that the snapshot shows has changed. */
  readonly publish: () => void;
  /** The queue did not take the visitor's call. */
  readonly refused: (callId: string, error: unknown) => void;
}

/** The parts of a call engine. Each group of controls names those that it uses. */
export interface Parts extends Joints {
  readonly options: CallEngineOptions;
  readonly signalling: Signalling;
  readonly events: Emitter<CallEvents>;
  readonly requests: Requests;
  readonly media: LocalMedia;
  readonly meter: LevelMeter;
  readonly current: CurrentCall;
  readonly carried: CarriedCall;
  readonly ringing: Ringing;
  readonly availability: Availability;
  readonly voicemail: Voicemail;
  readonly notes: Notes;
  readonly chat: ChatHistory;
  readonly company: CompanyWatch;
}

/** Makes the parts of one page, each with what it has to tell the others. */
export function makeParts(options: CallEngineOptions, joints: Joints): Parts {
  const { signalling, role } = options;
  const { publish } = joints;
  const events = new Emitter<CallEvents>();
  const meter = new LevelMeter();
  const requests: Requests = new Requests({
    signalling,
    callId: () => current.callId,
    onProblem: (problem) => events.emit('problem', problem),
  });
  const media: LocalMedia = new LocalMedia({
    onTracks: () => {
      carried.legs?.applyMedia();
      availability.followDevices();
      publish();
    },
    onDeviceLost: (event) => events.emit('device_lost', event),
  });
  const voicemail: Voicemail = new Voicemail({
    server: options.voicemails,
    command: (message) => requests.command(message, 'voicemail'),
    onFailure: (error) => requests.tellRefusal('voicemail', error),
    onChange: () => {
      if (voicemail.recording?.stage === 'recorded' && !carried.legs) media.releaseAll(false);
      publish();
    },
  });
  const carried: CarriedCall = new CarriedCall({
    engine: options,
    media,
    meter,
    onChange: publish,
    onProblem: (problem) => requests.tellProblem('microphone', problem),
    onRefused: joints.refused,
    onNoRelay: (error) => requests.tellRefusal('relay', error),
  });
  const current: CurrentCall = new CurrentCall({
    role,
    signalling,
    carried,
    voicemail,
    releaseMedia: () => media.releaseAll(availability.ready),
    setMuted: (muted) => media.setMuted(muted),
    claim: (callId) => void requests.command({ type: 'claim_media', callId }, 'start'),
    onFinished: () => notes.flush(),
    onOvertaken: (callId) => events.emit('message_overtaken', { callId }),
    onChange: publish,
  });
  const availability: Availability = new Availability({
    media,
    meter,
    command: requests.command,
    onProblem: (problem) => requests.tellProblem('microphone', problem),
    onChange: publish,
  });
  const notes: Notes = new Notes((callId, text) => requests.command({ type: 'set_notes', callId, notes: text }, 'notes'), publish);
  return {
    ...joints,
    options,
    signalling,
    events,
    requests,
    media,
    meter,
    current,
    carried,
    ringing: new Ringing(publish),
    availability,
    voicemail,
    notes,
    chat: new ChatHistory(signalling),
    company: new CompanyWatch(requests, publish),
  };
}
