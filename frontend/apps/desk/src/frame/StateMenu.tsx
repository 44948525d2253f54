import { Button, Menu, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../commands/use-commands.ts';
import { useDesk, useLocalTime } from '../context.ts';
import { Icon, Timer } from '../parts.tsx';
import { whenText } from '../view.ts';
import { choosableReasons, reasonText, stateIcons, stateText } from '../words.ts';

/** My state: what it is, since when, and the one menu that changes it; while busy it sets what comes next. */
export function StateMenu() {
  const { t } = useTranslation();
  const local = useLocalTime();
  const { engine, snapshot, goAvailable } = useDesk();
  const { agent, directory } = snapshot;
  const label = agent?.label ?? 'offline';
  const reasons = choosableReasons(directory?.reasons);
  const notReady = (reason: string) => () => void engine.goNotReady(reason);
  const goOffline = () => void engine.goOffline();

  useCommands([
    { id: 'state.available', label: t('state.choose.available'), keys: [], run: goAvailable },
    ...reasons.map(({ reason }) => ({
      id: `state.${reason}`,
      label: t('state.notReadyFor', { reason: reasonText(t, reason, reasons) }),
      keys: [],
      run: notReady(reason),
    })),
    { id: 'state.offline', label: t('state.choose.offline'), keys: [], run: goOffline },
  ]);
  return (
    <div className="my-state">
      <Menu position="bottom-start" width={280} onOpen={() => void engine.loadDirectory()}>
        <Menu.Target>
          <Button
            variant="default"
            className={`state ${label}`}
            leftSection={<Icon name={stateIcons[label]} size={16} />}
            rightSection={<Icon name="down" size={16} />}
            disabled={!agent}
          >
            <span className="state-label">{agent ? stateText(t, agent, directory?.reasons) : t('state.connecting')}</span>
            {agent && agent.label !== 'offline' && <Timer since={local(agent.since)} label={t('state.since')} />}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className="state-menu">
          <Menu.Label>{t(whenText(label))}</Menu.Label>
          <Menu.Item leftSection={<Icon name="available" size={16} />} onClick={goAvailable}>
            {t('state.choose.available')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>{t('state.choose.notReady')}</Menu.Label>
          {reasons.map(({ reason, maxMinutes }) => (
            <Menu.Item
              key={reason}
              leftSection={<Icon name="notReady" size={16} />}
              rightSection={
                maxMinutes !== undefined && (
                  <Text size="xs" c="dimmed">
                    {t('state.upTo', { count: maxMinutes })}
                  </Text>
                )
              }
              onClick={notReady(reason)}
            >
              {reasonText(t, reason, reasons)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<Icon name="offline" size={16} />} onClick={goOffline}>
            {t('state.choose.offline')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NextState />
    </div>
  );
}

/** What the agent will be after the work at hand, and the click that takes it back. */
function NextState() {
  const { t } = useTranslation();
  const { engine, snapshot } = useDesk();
  const next = snapshot.agent?.next;
  if (!next) return null;
  const state = stateText(
    t,
    { label: next.intent, ...(next.reason === undefined ? {} : { reason: next.reason }) },
    snapshot.directory?.reasons,
  );
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-md"
      rightSection={<Icon name="close" size={14} />}
      aria-label={t('state.nextCancel', { state })}
      title={t('state.nextCancel', { state })}
      onClick={() => void engine.cancelNextIntent()}
    >
      {t('state.next', { state })}
    </Button>
  );
}
