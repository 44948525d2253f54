import { useWidget } from './context.ts';
import type { LinkState } from './link.ts';
import { Button, Heading, Icon, Note } from './parts.tsx';
import { retryWords } from './retry.ts';

export interface LinkChoice {
  readonly state: LinkState;
  readonly accept: () => void;
  readonly dismiss: () => void;
  readonly retry: () => void;
}

interface LinkScreenProps extends LinkChoice {
  /** There is a call on this page, which would end. */
  readonly replaces: boolean;
}

/** The page was opened by a link back to a call or a place: asks before it takes anything over. */
export function LinkScreen({ state, replaces, accept, dismiss, retry }: LinkScreenProps) {
  const { t } = useWidget();
  switch (state.stage) {
    case 'looking':
      return (
        <section class="screen">
          <Heading key="looking">{t('link.looking')}</Heading>
        </section>
      );
    case 'offered':
    case 'accepting':
      return <Offered state={state} replaces={replaces} accept={accept} dismiss={dismiss} />;
    default: {
      const { stage } = state;
      const again = stage === 'overloaded' ? retryWords(state.retryAfterMs) : undefined;
      return (
        <section class="screen" role="alert">
          <Heading key={stage}>{t(`link.${stage}.title`)}</Heading>
          <Note icon="warning" tone="wait">
            {again ? t(again.text, again.values) : t(`link.${stage as 'gone'}.text`)}
          </Note>
          <div class="choices">
            {(stage === 'unreachable' || stage === 'overloaded') && (
              <Button kind="primary" icon="retry" onClick={retry}>
                {t('failed.retry')}
              </Button>
            )}
            <Button kind="quiet" onClick={dismiss}>
              {t('failed.back')}
            </Button>
          </div>
        </section>
      );
    }
  }
}

type OfferedProps = Pick<LinkScreenProps, 'state' | 'replaces' | 'accept' | 'dismiss'>;

function Offered({ state, replaces, accept, dismiss }: OfferedProps) {
  const { t } = useWidget();
  const redeemed = state.stage === 'offered' ? state.redeemed : undefined;
  const busy = state.stage === 'accepting';
  const { company = '', user } = redeemed ?? {};
  return (
    <section class="screen">
      <Heading key="offered">{t(busy ? 'reconnecting.resume' : 'link.title')}</Heading>
      {redeemed && <p>{user?.name ? t('link.textNamed', { name: user.name, company }) : t('link.text', { company })}</p>}
      {redeemed && replaces && (
        <Note icon="hangUp" tone="wait">
          {t('link.replaces')}
        </Note>
      )}
      {redeemed && (
        <p class="fine with-icon">
          <Icon name="warning" />
          <span>{t('link.yours')}</span>
        </p>
      )}
      <div class="choices">
        <Button kind="go" icon="call" busy={busy} onClick={accept}>
          {t('link.accept')}
        </Button>
        <Button busy={busy} onClick={dismiss}>
          {t('link.decline')}
        </Button>
      </div>
    </section>
  );
}
