import type { MediaSnapshot } from '@calldocker/client';
import type { Command } from '../commands/command-list.ts';
import { useShortcut } from '../commands/use-commands.ts';
import { useDesk } from '../context.ts';

/** What this side sends, and what changes it. */
export interface Media {
  readonly media: MediaSnapshot;
  readonly mute: () => void;
  readonly turnCamera: () => void;
  readonly share: () => void;
  readonly commands: readonly Command[];
}

export function useMedia(): Media {
  const shortcut = useShortcut();
  const { engine, snapshot } = useDesk();
  const { media } = snapshot;
  const mute = () => engine.setMuted(!media.muted);
  const turnCamera = () => void engine.setCamera(media.camera !== 'on');
  const share = () => void (media.screen === 'on' ? engine.stopScreenShare() : engine.startScreenShare());
  const commands = [shortcut('mute', mute), shortcut('camera', turnCamera), shortcut('share', share)];
  return { media, mute, turnCamera, share, commands };
}
