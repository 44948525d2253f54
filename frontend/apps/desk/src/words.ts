import type { AgentLabel, ReasonView } from '@calldocker/protocol';
import type { IconName } from '@calldocker/ui';
import i18next from 'i18next';
import type { useTranslation } from 'react-i18next';

export type T = ReturnType<typeof useTranslation>['t'];

export const stateIcons: Record<AgentLabel, IconName> = {
  system: 'warning',
  available: 'available',
  reserved: 'ringing',
  on_call: 'call',
  on_hold: 'hold',
  wrapup: 'wrapUp',
  not_ready: 'notReady',
  offline: 'offline',
};

/** A reason in the person's language, where we know it; the company's own as it has named them. */
export function reasonText(t: T, reason: string, reasons: readonly ReasonView[] = []): string {
  const key = `reason.${reason}`;
  if (i18next.exists(key)) return t(key as 'reason.BREAK');
  return reasons.find((one) => one.reason === reason)?.name || reason;
}

interface State {
  readonly label: AgentLabel;
  readonly reason?: string;
}

export function stateText(t: T, { label, reason }: State, reasons?: readonly ReasonView[]): string {
  if (!reason || (label !== 'not_ready' && label !== 'system')) return t(`state.${label}`);
  const text = reasonText(t, reason, reasons);
  return label === 'system' ? text : t('state.notReadyFor', { reason: text });
}

export function roleText(t: T, role: string): string {
  if (role === 'supervisor') return t('signIn.role.supervisor');
  return role === 'admin' ? t('signIn.role.admin') : t('signIn.role.agent');
}

const systemReasons = ['SYS_RONA', 'SYS_MEDIA', 'SYS_LOST', 'SYS_FORCED', 'SYS_SHIFT_END', 'SYS_DRAIN', 'SYS_DECLINE_LIMIT'] as const;

/** Why the system has put the agent out of line, and what to do about it; undefined where it has not. */
export function systemText(reason: string | undefined): `sys.${(typeof systemReasons)[number]}` | 'sys.other' | undefined {
  if (!reason?.startsWith('SYS_')) return undefined;
  const known = systemReasons.find((one) => one === reason);
  return known ? `sys.${known}` : 'sys.other';
}

/** What an agent may choose where the company has not said it. */
const usualReasons = ['BREAK', 'MEAL', 'MEETING', 'TRAINING', 'COACHING', 'ADMIN_WORK', 'OUTBOUND', 'TECH_ISSUE'];

export function choosableReasons(reasons: readonly ReasonView[] | undefined): readonly ReasonView[] {
  const own = reasons?.filter(({ reason }) => !reason.startsWith('SYS_')) ?? [];
  return own.length > 0 ? own : usualReasons.map((reason) => ({ reason, name: '' }));
}
