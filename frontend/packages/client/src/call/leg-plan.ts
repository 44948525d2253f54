import type { ContactView, LegView } from '@calldocker/protocol';
import { isByTelephone, isQuiet, isWaiting, type Role } from './call-state.ts';

/** A media connection that this page should have. */
export interface LegPlan extends Omit<LegView, 'userId'> {
  /** Undefined while a visitor waits: nobody is at the other end yet. */
  readonly userId: string | undefined;
}

/** What goes into a connection, and whether what comes out of it is heard here. */
export interface LegMedia {
  /** The own microphone goes in. */
  readonly own: boolean;
  /** So does what comes from these people. */
  readonly others: readonly string[];
  readonly heard: boolean;
  /** So does the own picture: the camera, or the screen while it is shared. */
  readonly picture: boolean;
}

/**
 * The connections that a contact asks of a page that carries it; the first is the one that the page shows. Pure.
 * Without a list from the server there is the one between the visitor and the agent.
 */
export function legsOf(contact: ContactView | undefined, role: Role): readonly LegPlan[] {
  if (contact === undefined || (role === 'visitor' && isWaiting(contact))) return [{ userId: undefined, kind: 'main', offers: true }];
  if (isByTelephone(contact)) return [];
  const listed = contact.legs ?? [];
  if (listed.length > 0) return [...listed.filter((leg) => leg.kind === 'main'), ...listed.filter((leg) => leg.kind !== 'main')];
  if (contact.you === 'visitor') return [{ userId: contact.agent?.userId, kind: 'main', offers: true }];
  return contact.you === 'agent' ? [{ userId: contact.visitor.userId, kind: 'main', offers: false }] : [];
}

/**
 * Which people hear and see each other. Pure.
 * - On hold and during a consultation nothing goes between the visitor and anybody.
 * - Agents who talk to each other hear and see each other, whatever the visitor does.
 * - A supervisor gets from the agent what the agent says and hears; the agent hears a supervisor who whispers or barges
 *   in; one who barges in is passed on to whoever else is in the call.
 */
export function mediaOf(contact: ContactView | undefined, legs: readonly LegPlan[], leg: LegPlan): LegMedia {
  if (isSilent(contact, leg)) return { own: false, others: [], heard: false, picture: false };
  const own = contact?.you !== 'supervisor' || isSpoken(leg);
  const others = legs.filter((from) => from.userId !== leg.userId && isHeard(contact, from) && isPassedOn(from, leg));
  return { own, others: others.flatMap(({ userId }) => userId ?? []), heard: isHeard(contact, leg), picture: leg.kind !== 'supervision' };
}

function isHeard(contact: ContactView | undefined, leg: LegPlan): boolean {
  return !isSilent(contact, leg) && (leg.kind !== 'supervision' || contact?.you === 'supervisor' || isSpoken(leg));
}

/** The visitor hears music. */
function isSilent(contact: ContactView | undefined, { kind, userId }: LegPlan): boolean {
  if (contact === undefined || kind === 'supervision' || kind === 'consult' || !isQuiet(contact)) return false;
  return kind === 'main' || contact.you === 'visitor' || userId === contact.visitor.userId;
}

/** The supervisor says something on it. */
function isSpoken({ kind, mode }: LegPlan): boolean {
  return kind === 'supervision' && (mode === 'whisper' || mode === 'barge');
}

function isPassedOn(from: LegPlan, to: LegPlan): boolean {
  const isJoining = from.kind === 'supervision' && from.mode === 'barge';
  if (to.kind === 'supervision') return to.mix === true && (from.kind !== 'supervision' || isJoining);
  return to.kind !== 'consult' && isJoining;
}

/** Whether this page has something to say in a contact; a supervisor who only listens is not asked for a microphone. */
export function speaks(contact: ContactView | undefined, role: Role): boolean {
  return contact?.you !== 'supervisor' || legsOf(contact, role).some(isSpoken);
}
