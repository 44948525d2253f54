import { fitting, nearlyFull } from '@calldocker/ui';
import { Textarea, type TextareaProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface WrittenFieldProps extends Omit<TextareaProps, 'value' | 'onChange' | 'maxLength'> {
  readonly charactersMax: number;
  readonly value: string;
  readonly onWrite: (text: string) => void;
}

/** What somebody writes, in the direction of their words. It says when it is nearly full. */
export function WrittenField({ charactersMax, value, onWrite, description, ...rest }: WrittenFieldProps) {
  const { t } = useTranslation();
  const used = nearlyFull(value, charactersMax);
  return (
    <Textarea
      autosize
      dir="auto"
      inputWrapperOrder={['label', 'description', 'input', 'error']}
      description={used === undefined ? description : t('field.used', { used, most: charactersMax })}
      value={value}
      onChange={(event) => onWrite(fitting(event.currentTarget.value, charactersMax))}
      {...rest}
    />
  );
}
