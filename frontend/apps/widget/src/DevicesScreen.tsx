import type { Device, DeviceKind } from '@calldocker/client';
import type { IconName } from '@calldocker/ui';
import { useWidget } from './context.ts';
import { Heading, Icon, LevelMeter } from './parts.tsx';

export function DevicesScreen() {
  const { t, engine, snapshot, show } = useWidget();
  const { devices } = snapshot;
  return (
    <section class="screen">
      <Heading>{t('devices.title')}</Heading>
      <Choice kind="microphone" icon="microphone" list={devices.microphones} />
      <LevelMeter engine={engine} label={t('check.level')} />
      <Choice kind="speaker" icon="speaker" list={devices.speakers} />
      <Choice kind="camera" icon="camera" list={devices.cameras} />
      <button class="button primary" type="button" onClick={() => show()}>
        {t('devices.done')}
      </button>
    </section>
  );
}

/** Nothing is shown where there is nothing to choose from, as with speakers in some browsers. */
function Choice({ kind, icon, list }: { kind: DeviceKind; icon: IconName; list: readonly Device[] }) {
  const { t, engine, snapshot } = useWidget();
  if (list.length === 0) return null;
  return (
    <label class="field">
      <span class="with-icon">
        <Icon name={icon} />
        {t(`devices.${kind}`)}
      </span>
      <select value={snapshot.devices.chosen[kind] ?? ''} onChange={(event) => void engine.chooseDevice(kind, event.currentTarget.value)}>
        {list.map((device) => (
          <option key={device.id} value={device.id}>
            {device.label || t('devices.standard')}
          </option>
        ))}
      </select>
    </label>
  );
}
