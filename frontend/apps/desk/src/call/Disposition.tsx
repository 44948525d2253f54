import type { ContactView } from '@calldocker/protocol';
import { Select, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../context.ts';

/** What became of it, in the company's codes. */
export function Disposition({ contact }: { contact: ContactView }) {
  const { t } = useTranslation();
  const { engine, snapshot } = useDesk();
  const codes = snapshot.directory?.dispositions;
  const [chosen, setChosen] = useState<string>();
  if (!codes) return null;
  if (codes.length === 0) {
    return (
      <Text c="dimmed" size="sm" mt="md">
        {t('disposition.none')}
      </Text>
    );
  }
  const choose = async (code: string | null) => {
    if (code === null) return;
    setChosen(code);
    if (!(await engine.setDisposition(code))) setChosen(undefined);
  };
  return (
    <Select
      mt="md"
      label={t('disposition.label')}
      placeholder={t('disposition.choose')}
      searchable
      nothingFoundMessage={t('palette.nothing')}
      data={[...codes]}
      value={chosen ?? contact.disposition ?? null}
      onChange={(code) => void choose(code)}
    />
  );
}
