import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands, useShortcut } from '../commands/use-commands.ts';
import { useDesk } from '../context.ts';
import { Control, Icon } from '../parts.tsx';
import { DevicesDialog } from '../Settings.tsx';
import type { LiveCall } from '../view.ts';
import { KeypadDialog } from './KeypadDialog.tsx';
import { ownMode } from './supervision.ts';
import { TransferDialog } from './TransferDialog.tsx';
import { type Media, useMedia } from './use-media.ts';

interface ControlsProps {
  readonly call: LiveCall;
}

/** What the owner of a call can do with it. */
export function OwnerControls({ call }: ControlsProps) {
  const { t } = useTranslation();
  const { engine } = useDesk();
  const shortcut = useShortcut();
  const media = useMedia();
  const [dialog, setDialog] = useState<'keypad' | 'transfer'>();
  const close = () => setDialog(undefined);
  const stage = 'stage' in call && call.phase !== 'callback' ? call.stage : undefined;
  const held = stage === 'held';
  const hold = () => void (held ? engine.resume() : engine.hold());
  const keypad = () => setDialog('keypad');
  const transfer = () => setDialog('transfer');
  const hangUp = () => void engine.hangUp();
  const alone = stage === 'talking' || held;
  useCommands([
    ...media.commands,
    ...(alone ? [shortcut('hold', hold), shortcut('transfer', transfer)] : []),
    shortcut('keypad', keypad),
    shortcut('hangUp', hangUp),
  ]);
  return (
    <ControlBar>
      <MuteControl {...media} />
      {alone && (
        <Control icon={held ? 'resume' : 'hold'} label={t(held ? 'call.resume' : 'call.hold')} active={held} keys="h" onClick={hold} />
      )}
      <CameraControl {...media} />
      <ShareControl {...media} />
      <Control icon="keypad" label={t('call.keypad')} keys="k" onClick={keypad} />
      {alone && <Control icon="transfer" label={t('call.transfer')} keys="t" onClick={transfer} />}
      <DevicesControl />
      <StopControl label={t('call.hangUp')} onClick={hangUp} />
      <KeypadDialog opened={dialog === 'keypad'} onClose={close} />
      {dialog === 'transfer' && <TransferDialog mayConsult onClose={close} />}
    </ControlBar>
  );
}

/** Who was asked, or has joined, leaves the call to its owner. */
export function AdviserControls(_: ControlsProps) {
  const { t } = useTranslation();
  const { engine } = useDesk();
  const shortcut = useShortcut();
  const media = useMedia();
  const leave = () => void engine.hangUp();
  useCommands([...media.commands, shortcut('hangUp', leave)]);
  return (
    <ControlBar>
      <MuteControl {...media} />
      <CameraControl {...media} />
      <ShareControl {...media} />
      <DevicesControl />
      <StopControl label={t('call.leave')} onClick={leave} />
    </ControlBar>
  );
}

/** Who listens has a bar for it above; who is heard can be silent. */
export function SupervisorControls({ call }: ControlsProps) {
  const { session } = useDesk();
  const media = useMedia();
  const heard = ownMode(call.contact, session.userId) !== 'monitor';
  useCommands(heard ? media.commands : []);
  return (
    <ControlBar>
      {heard && <MuteControl {...media} />}
      <DevicesControl />
    </ControlBar>
  );
}

function ControlBar({ children }: { children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <fieldset className="controls">
      <legend className="hidden">{t('call.controls')}</legend>
      {children}
    </fieldset>
  );
}

function MuteControl({ media, mute }: Media) {
  const { t } = useTranslation();
  const { muted } = media;
  return (
    <Control
      icon={muted ? 'microphoneOff' : 'microphone'}
      label={t(muted ? 'call.unmute' : 'call.mute')}
      active={muted}
      keys="m"
      onClick={mute}
    />
  );
}

function CameraControl({ media, turnCamera }: Media) {
  const { t } = useTranslation();
  const on = media.camera === 'on';
  return (
    <Control
      icon={on ? 'cameraOff' : 'camera'}
      label={t(on ? 'call.cameraOff' : 'call.cameraOn')}
      busy={media.camera === 'starting'}
      keys="v"
      onClick={turnCamera}
    />
  );
}

function ShareControl({ media, share }: Media) {
  const { t } = useTranslation();
  const on = media.screen === 'on';
  return (
    <Control
      icon={on ? 'shareOff' : 'share'}
      label={t(on ? 'call.stopSharing' : 'call.share')}
      active={on}
      busy={media.screen === 'starting'}
      keys="s"
      onClick={share}
    />
  );
}

function DevicesControl() {
  const { t } = useTranslation();
  const [choosing, setChoosing] = useState(false);
  return (
    <>
      <Control icon="devices" label={t('call.devices')} onClick={() => setChoosing(true)} />
      <DevicesDialog opened={choosing} onClose={() => setChoosing(false)} />
    </>
  );
}

function StopControl({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button type="button" className="control stop" aria-keyshortcuts="Shift+E" onClick={onClick}>
      <Icon name="hangUp" />
      <span>{label}</span>
    </button>
  );
}
