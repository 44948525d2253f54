import type { CallSnapshot } from '@calldocker/client';
import type { IconName } from '@calldocker/ui';
import { Button, Menu } from '@mantine/core';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { useDesk } from './context.ts';
import { Icon, Timer } from './parts.tsx';

type Agent = NonNullable<CallSnapshot['agent']>;

/** The reasons that an agent may choose (docs/protocol.md, `set_agent_intent`). */
const reasons = ['BREAK', 'MEAL', 'MEETING', 'TRAINING', 'ADMIN_WORK', 'TECH_ISSUE'] as const;

const icons: Record<Agent['label'], IconName> = {
  system: 'warning',
  available: 'available',
  reserved: 'call',
  on_call: 'call',
  on_hold: 'call',
  wrapup: 'call',
  not_ready: 'notReady',
  offline: 'offline',
};

/** My state: what it is, since when, and the one menu that changes it. */
export function StateMenu() {
  const { t } = useTranslation();
  const { engine, snapshot, goAvailable } = useDesk();
  const { agent } = snapshot;
  const label = agent?.label ?? 'offline';
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <Button
          variant="default"
          className={`state ${label}`}
          leftSection={<Icon name={icons[label]} size={16} />}
          rightSection={<Icon name="down" size={16} />}
          disabled={!agent}
        >
          <span className="state-label">{agent ? labelText(agent, t) : t('state.connecting')}</span>
          {agent && agent.label !== 'offline' && <Timer since={Date.parse(agent.since)} label={t('state.since')} />}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('state.label')}</Menu.Label>
        <Menu.Item leftSection={<Icon name="available" size={16} />} onClick={goAvailable}>
          {t('state.choose.available')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('state.choose.notReady')}</Menu.Label>
        {reasons.map((reason) => (
          <Menu.Item key={reason} leftSection={<Icon name="notReady" size={16} />} onClick={() => void engine.goNotReady(reason)}>
            {t(`reason.${reason}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="offline" size={16} />} onClick={() => void engine.goOffline()}>
          {t('state.choose.offline')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function labelText(agent: Agent, t: ReturnType<typeof useTranslation>['t']): string {
  if (agent.label !== 'not_ready' || !agent.reason) return t(`state.${agent.label}`);
  // A company may have reasons of its own; they are shown as it wrote them.
  const key = `reason.${agent.reason}`;
  const reason = i18next.exists(key) ? i18next.t(key as 'reason.BREAK') : agent.reason;
  return t('state.notReadyFor', { reason });
}
