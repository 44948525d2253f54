import { Kbd, Modal, Table } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';

const list = [
  ['keys.answer', ['A', 'Enter']],
  ['keys.decline', ['D', 'Esc']],
  ['keys.mute', ['M']],
  ['keys.camera', ['V']],
  ['keys.share', ['S']],
  ['keys.list', ['?']],
] as const;

export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('settings.close') }}>
      <Table>
        <Table.Tbody>
          {list.map(([text, keys]) => (
            <Table.Tr key={text}>
              <Table.Th scope="row" fw={400}>
                {t(text)}
              </Table.Th>
              <Table.Td ta="end">
                {keys.map((key, index) => (
                  <Fragment key={key}>
                    {index > 0 && ` ${t('keys.or')} `}
                    <Kbd>{key}</Kbd>
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
