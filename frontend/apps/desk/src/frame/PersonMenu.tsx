import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KeyCaps } from '../commands/KeyCaps.tsx';
import { shortcuts } from '../commands/shortcuts.ts';
import type { DialogName } from '../commands/use-frame-commands.ts';
import { useDesk } from '../context.ts';
import { Icon } from '../parts.tsx';

interface PersonMenuProps {
  readonly onOpen: (dialog: DialogName) => void;
  readonly onSignOut: () => void;
}

export function PersonMenu({ onOpen, onSignOut }: PersonMenuProps) {
  const { t } = useTranslation();
  const { session } = useDesk();
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button variant="subtle" color="gray" rightSection={<Icon name="down" size={16} />}>
          <Icon name="person" size={18} />
          <span className="person-name">{session.name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{session.name}</Menu.Label>
        <Menu.Item
          leftSection={<Icon name="search" size={16} />}
          rightSection={<KeyCaps name={shortcuts.palette.keys[0]} />}
          onClick={() => onOpen('palette')}
        >
          {t('menu.palette')}
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="keys" size={16} />}
          rightSection={<KeyCaps name={shortcuts.list.keys[0]} />}
          onClick={() => onOpen('keys')}
        >
          {t('menu.keys')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="devices" size={16} />} onClick={() => onOpen('settings')}>
          {t('menu.settings')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="signOut" size={16} />} onClick={onSignOut}>
          {t('menu.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
