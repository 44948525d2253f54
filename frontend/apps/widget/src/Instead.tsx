import { useWidget } from './context.ts';
import { Button } from './parts.tsx';

/** What the queue does instead of a call. */
export function Instead({ prominent = false }: { prominent?: boolean }) {
  const { t, offers, show, speak } = useWidget();
  if (!offers.callback && !offers.voicemail) return null;
  return (
    <fieldset class="alternatives">
      <legend>{t(prominent ? 'instead.closed' : 'instead.title')}</legend>
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
