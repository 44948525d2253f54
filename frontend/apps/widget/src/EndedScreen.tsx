import { formatTimer } from '@calldocker/ui';
import { useWidget } from './context.ts';
import { Instead } from './Instead.tsx';
import { Button, Heading, Notice } from './parts.tsx';
import { Rating } from './Rating.tsx';
import { endedText, isUnserved, type Phase } from './view.ts';

export function EndedScreen({ call }: { call: Phase<'ended'> }) {
  const { t, begin, service } = useWidget();
  return (
    <section class="screen">
      <Heading>{t(endedText(call))}</Heading>
      {call.talkedMs > 0 && <p class="figures">{t('ended.duration', { time: formatTimer(call.talkedMs) })}</p>}
      {call.talkedMs > 0 && <Rating key={call.callId} />}
      <Notice />
      {isUnserved(call) && <Instead title="instead.ended" />}
      {service !== 'closed' && (
        <Button kind={call.talkedMs > 0 ? '' : 'go'} icon="call" onClick={() => begin(call.channel)}>
          {t('ended.again')}
        </Button>
      )}
    </section>
  );
}
