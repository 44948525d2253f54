import type { Channel, ContactView } from '@calldocker/protocol';
import type { Signalling } from '../signalling/types.ts';
import { steadyNow } from '../steady.ts';
import {
  callStateOf,
  concerns,
  contactFor,
  type Doing,
  type InContact,
  isOver,
  isTalk,
  isWaiting,
  type MediaPath,
  type Role,
  wantsMedia,
} from './call-state.ts';
import type { CarriedCall } from './carried-call.ts';
import type { About } from './controls.ts';
import type { CallState } from './phases.ts';
import type { Voicemail } from './voicemail.ts';

export interface CurrentCallOptions {
  readonly role: Role;
  readonly signalling: Pick<Signalling, 'live'>;
  readonly carried: CarriedCall;
  readonly voicemail: Voicemail;
  /** Lets go of the devices that nothing needs any more. */
  readonly releaseMedia: () => void;
  readonly setMuted: (muted: boolean) => void;
  readonly claim: (callId: string) => void;
  /** This page takes part no longer: what was written for the call is sent now. */
  readonly onFinished: () => void;
  readonly onOvertaken: (callId: string) => void;
  readonly onChange: () => void;
}

/** The one call that this page is about, from the form to its end, kept in line with what the server says of it. */
export class CurrentCall {
  private readonly options: CurrentCallOptions;
  private current: Doing = { kind: 'nothing' };
  /** What goes with the visitor's offer into the queue. */
  private details: About = {};
  /** Visitor: the contact whose form is open. */
  private openForm: string | undefined;
  /** The contact that was asked for here: the other side offers, or waits for us, by itself. */
  private expected: string | undefined;
  /** Visitor: has left the place in the queue to be kept, or has come back to it, or to a callback, with a click. */
  private attending: { readonly callId: string; readonly here: boolean } | undefined;
  /** The call that this page has ended or left: nothing that the server says before it knows brings it back. */
  private endedCallId: string | undefined;

  constructor(options: CurrentCallOptions) {
    this.options = options;
  }

  get doing(): Doing {
    return this.current;
  }

  get callId(): string | undefined {
    return this.current.kind === 'call' ? this.current.callId : undefined;
  }

  get contact(): ContactView | undefined {
    return this.current.kind === 'call' ? this.current.contact : undefined;
  }

  get form(): string | undefined {
    return this.openForm;
  }

  /** What goes with an offer, or a message, from here on. */
  get about(): About {
    return this.details;
  }

  set about(details: About) {
    this.details = details;
  }

  get state(): CallState {
    const { clockOffsetMs } = this.options.signalling.live.getSnapshot();
    return callStateOf(this.current, this.options.role, this.path(), clockOffsetMs, this.options.voicemail.recording);
  }

  /** Something is going on that a new call must not displace. */
  get isBusy(): boolean {
    if (this.current.kind !== 'call' || this.options.voicemail.recording?.stage === 'sent') return false;
    const { phase } = this.state;
    return phase !== 'ended' && phase !== 'prequeue' && phase !== 'wrapup';
  }

  get isTalking(): boolean {
    const { current } = this;
    return current.kind === 'call' && !isOver(current) && current.contact !== undefined && isTalk(current.contact);
  }

  /** The visitor waits, or is about to. */
  get isPending(): boolean {
    return this.current.kind === 'call' && !isOver(this.current) && !this.isTalking;
  }

  /** A message is spoken that belongs to no contact yet. */
  get isUnheardOf(): boolean {
    const { current } = this;
    return current.kind === 'call' && current.form === true && current.contact === undefined && this.openForm !== current.callId;
  }

  /** Another page carries the call. */
  get isElsewhere(): boolean {
    return this.state.phase === 'elsewhere';
  }

  // --- what this page does ---

  do(doing: Doing): void {
    this.current = doing;
    this.options.onChange();
  }

  openTheForm(callId: string, channel: Channel): void {
    this.openForm = callId;
    this.do(beginning(callId, channel, true));
  }

  /** A message that is spoken before anybody was called, in the form's contact if there is one. */
  beginMessage(): void {
    this.do(beginning(this.openForm ?? crypto.randomUUID(), 'voice', true));
  }

  closeTheForm(callId: string | undefined): void {
    if (callId === undefined || this.openForm !== callId) return;
    this.openForm = undefined;
    this.do({ kind: 'nothing' });
  }

  /** The visitor's call goes out, as the contact of the form if there is one. */
  call(callId: string, channel: Channel): void {
    this.openForm = undefined;
    this.do(beginning(callId, channel, false));
    this.options.carried.begin(callId, { channel, ...this.details }, undefined, true);
  }

  /** In the click that asks for a contact whose media will be here. */
  expect(callId: string): void {
    this.expected = callId;
    this.forgetEnded(callId); // it has come back
  }

  /** Carries the media from here on, whichever page did before. */
  claim(callId: string): void {
    this.options.claim(callId);
  }

  /** The server knows that it has ended. */
  forgetEnded(callId: string): void {
    if (this.endedCallId === callId) this.endedCallId = undefined;
  }

  /** The visitor is at the place that was kept, or has left it. */
  attend(callId: string, here: boolean): void {
    this.attending = { callId, here };
    if (!here) this.rest();
  }

  /** @returns the contact that the server has to end; undefined if it knows of none */
  hangUp(): string | undefined {
    const { current, openForm } = this;
    const live = current.kind === 'call' && current.endedAt === undefined && !this.isUnheardOf;
    this.options.voicemail.discard();
    this.openForm = undefined;
    if (live) {
      this.endedCallId = current.callId;
      this.finish({ ...current, hungUp: true });
      return current.callId;
    }
    this.do({ kind: 'nothing' });
    this.options.releaseMedia();
    return openForm;
  }

  /** The call on its way out was not let into its queue. @returns whether it was this one, which is over then */
  refuse(callId: string): boolean {
    const { current } = this;
    if (current.kind !== 'call' || current.callId !== callId || isOver(current)) return false;
    if (current.contact !== undefined && current.contact.state !== 'prequeue') return false;
    this.endedCallId = callId;
    this.options.carried.end();
    this.options.releaseMedia();
    this.do({ kind: 'nothing' });
    return true;
  }

  // --- what the server says ---

  /** Brings the call in line with it. Called after every message. */
  follow(): void {
    const live = this.options.signalling.live.getSnapshot();
    const { current: doing } = this;
    const current = doing.kind === 'call' && !isOver(doing) ? doing : undefined;
    const contact = contactFor(live, this.options.role, current?.callId);
    const next = current?.contact?.state === 'wrapup' && contact !== undefined && contact.callId !== current.callId;
    if (current && !next) this.followCall(current, contact);
    else if (contact && this.isToJoin(contact)) this.join(contact);
    else if (doing.kind === 'call') this.learnHowItEnded(doing, live.contacts[doing.callId]);
  }

  private followCall(doing: InContact, contact: ContactView | undefined): void {
    if (contact?.callId !== doing.callId) {
      // The server does not know it (yet). One that it did know is over, or is someone else's now.
      if (doing.contact !== undefined && !this.options.signalling.live.getSnapshot().stale) this.finish(doing);
      return;
    }
    const talked = doing.contact !== undefined && isTalk(doing.contact);
    const endedAt = contact.state === 'wrapup' && talked ? steadyNow() : doing.endedAt;
    const next = { ...doing, contact, channel: contact.channel, endedAt };
    this.current = next;
    if (contact.state === 'closed' || !concerns(contact, this.options.role)) this.finish(next, doing.contact);
    else this.carryOrNot(contact, doing.contact);
  }

  private isToJoin(contact: ContactView): boolean {
    if (contact.state === 'closed' || !concerns(contact, this.options.role)) return false;
    if (contact.state === 'prequeue' && this.current.kind !== 'nothing') return false; // its line is being checked
    return contact.callId !== this.endedCallId || contact.state === 'wrapup';
  }

  /** A contact of ours that this page does not know: it was accepted just now, or the page was reloaded. */
  private join(contact: ContactView): void {
    const { current: doing } = this;
    const isForm = contact.state === 'prequeue';
    const talked = contact.state === 'wrapup' && doing.kind === 'call' && doing.callId === contact.callId;
    this.current = { ...(talked ? doing : beginning(contact.callId, contact.channel, isForm)), contact };
    if (isForm) this.openForm = contact.callId;
    this.carryOrNot(contact, undefined);
  }

  private learnHowItEnded(doing: InContact, contact: ContactView | undefined): void {
    if (contact?.state === 'closed') this.current = { ...doing, contact };
  }

  private carryOrNot(contact: ContactView, before: ContactView | undefined): void {
    const { role, voicemail, carried } = this.options;
    const waiting = isWaiting(contact) || contact.state === 'prequeue';
    if (isTalk(contact) && voicemail.recording) {
      if (voicemail.recording.stage !== 'sent') this.options.onOvertaken(contact.callId);
      voicemail.discard();
    }
    const attending = this.attending?.callId === contact.callId ? this.attending.here : undefined;
    if (!wantsMedia(contact, role, { attending, carrying: carried.legs !== undefined })) {
      this.rest();
      return;
    }
    if (!contact.mediaOwner && !(waiting && carried.legs)) {
      const isTaken = carried.legs !== undefined && !contact.lost.includes(role);
      carried.end();
      this.options.releaseMedia();
      // Nobody carries it: the page that did is gone.
      if (contact.lost.includes(role)) this.options.claim(contact.callId);
      // Another page does, with a microphone of its own.
      if (isTaken) this.options.releaseMedia();
      return;
    }
    if (carried.legs) {
      carried.follow(contact, before);
      return;
    }
    // A page that comes to a call which lives already makes the offer: the other side waits for nobody.
    const comesBack = this.expected !== contact.callId;
    this.expected = undefined;
    if (comesBack && contact.muted?.includes(role)) this.options.setMuted(true);
    carried.begin(contact.callId, { channel: contact.channel, ...this.details }, contact, comesBack);
  }

  /** Nothing is to be heard or seen for now. */
  private rest(): void {
    if (!this.options.carried.legs) return;
    this.options.carried.end();
    this.options.releaseMedia();
  }

  /** @param before  the contact as it was last shown */
  private finish(doing: InContact, before = doing.contact): void {
    this.options.carried.end();
    this.options.onFinished();
    this.openForm = undefined;
    this.current = before?.state === 'wrapup' ? { kind: 'nothing' } : { ...doing, endedAt: steadyNow() };
    this.options.releaseMedia();
    this.options.onChange();
  }

  private path(): MediaPath {
    const { legs, wasUp } = this.options.carried;
    // A message that was left is played, not called.
    if (this.contact?.channel === 'voicemail') return { here: true, up: true, wasUp: true };
    return { here: legs !== undefined, up: legs?.shown?.up ?? false, wasUp };
  }
}

function beginning(callId: string, channel: Channel, form: boolean): InContact {
  return { kind: 'call', callId, channel, since: steadyNow(), contact: undefined, endedAt: undefined, form };
}
