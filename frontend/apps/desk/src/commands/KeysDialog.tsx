import { Modal, Table } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyCaps } from './KeyCaps.tsx';
import { shortcuts } from './shortcuts.ts';

export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('settings.close') }}>
      <Table>
        <Table.Tbody>
          {Object.entries(shortcuts).map(([id, { text, keys }]) => (
            <Table.Tr key={id}>
              <Table.Th scope="row" fw={400}>
                {t(text)}
              </Table.Th>
              <Table.Td ta="end">
                {keys.map((key, index) => (
                  <Fragment key={key}>
                    {index > 0 && ` ${t('keys.or')} `}
                    <KeyCaps name={key} />
                  </Fragment>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
