import type { ComponentChildren } from 'preact';
import { useWidget } from './context.ts';
import { Button } from './parts.tsx';
import type { WidgetText } from './text.ts';

interface InsteadProps {
  readonly title: WidgetText;
  /** There is no call that it would be instead of. */
  readonly prominent?: boolean;
  /** What else there is. */
  readonly children?: ComponentChildren;
}

/** What the queue does instead of a call, or of waiting for it. */
export function Instead({ title, prominent = false, children }: InsteadProps) {
  const { t, offers, show, speak } = useWidget();
  if (!offers.callback && !offers.voicemail && !children) return null;
  return (
    <fieldset class="alternatives">
      <legend>{t(title)}</legend>
      {children}
      {offers.callback && (
        <Button kind={prominent ? 'primary' : ''} icon="callback" onClick={() => show('callback')}>
          {t('callback.ask')}
        </Button>
      )}
      {offers.voicemail && (
        <Button icon="voicemail" onClick={speak}>
          {t('message.leave')}
        </Button>
      )}
    </fieldset>
  );
}
