import { chooseLanguage, languageNames, languages } from '@calldocker/i18n';
import { Button, Modal, SegmentedControl, Select, Slider, Stack, Text, useDirection, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDesk } from './context.ts';
import { changeLanguage } from './i18n.ts';
import { Icon, LevelMeter } from './parts.tsx';

export function LanguageChoice() {
  const { t, i18n } = useTranslation();
  const { setDirection } = useDirection();
  const choose = async (value: string | null) => {
    await changeLanguage(chooseLanguage([value]));
    setDirection(document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr');
  };
  return (
    <Select
      label={t('settings.language')}
      leftSection={<Icon name="language" size={16} />}
      data={languages.map((language) => ({ value: language, label: languageNames[language] }))}
      value={i18n.language}
      onChange={(value) => void choose(value)}
    />
  );
}

export function SettingsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { volume, setVolume, testRing } = useDesk();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Modal opened={opened} onClose={onClose} title={t('settings.title')} closeButtonProps={{ 'aria-label': t('settings.close') }}>
      <Stack gap="lg">
        <LanguageChoice />
        <div>
          <Text fw={500} mb={4} id="scheme">
            {t('settings.scheme')}
          </Text>
          <SegmentedControl
            fullWidth
            aria-labelledby="scheme"
            value={colorScheme}
            onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
            data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(`settings.scheme.${value}`) }))}
          />
        </div>
        <div>
          <Text fw={500} mb={4}>
            {t('settings.volume')}
          </Text>
          <Slider
            thumbLabel={t('settings.volume')}
            label={(value) => `${value} %`}
            value={Math.round(volume * 100)}
            onChange={(value) => setVolume(value / 100)}
            onChangeEnd={testRing}
          />
          <Button variant="default" mt="sm" leftSection={<Icon name="speaker" size={16} />} onClick={testRing}>
            {t('settings.testRing')}
          </Button>
        </div>
        <Button onClick={onClose}>{t('settings.close')}</Button>
      </Stack>
    </Modal>
  );
}

export function DevicesDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { engine, snapshot } = useDesk();
  const { devices } = snapshot;
  const lists = [
    ['microphone', devices.microphones],
    ['speaker', devices.speakers],
    ['camera', devices.cameras],
  ] as const;
  return (
    <Modal opened={opened} onClose={onClose} title={t('devices.title')} closeButtonProps={{ 'aria-label': t('settings.close') }}>
      <Stack gap="md">
        {lists.map(
          ([kind, list]) =>
            list.length > 0 && (
              <Select
                key={kind}
                label={t(`devices.${kind}`)}
                data={list.map(({ id, label }) => ({ value: id, label: label || t('devices.standard') }))}
                value={devices.chosen[kind] ?? null}
                onChange={(id) => id !== null && void engine.chooseDevice(kind, id)}
              />
            ),
        )}
        <LevelMeter engine={engine} label={t('devices.level')} />
        <Button onClick={onClose}>{t('settings.close')}</Button>
      </Stack>
    </Modal>
  );
}
