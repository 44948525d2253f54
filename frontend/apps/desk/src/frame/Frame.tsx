import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DialogName } from '../commands/use-frame-commands.ts';
import { useDesk } from '../context.ts';
import { Icon } from '../parts.tsx';
import { retryText } from '../retry.ts';
import { lostText } from '../view.ts';
import { CallBar } from './CallBar.tsx';
import type { NoticeWords } from './notices.ts';
import { PersonMenu } from './PersonMenu.tsx';
import { Rail } from './Rail.tsx';
import { StateMenu } from './StateMenu.tsx';
import { StateNote } from './StateNote.tsx';
import { Unsaved } from './Unsaved.tsx';

interface FrameProps {
  readonly inCall: boolean;
  readonly supervisor: boolean;
  readonly notice: NoticeWords | undefined;
  readonly onForgetNotice: () => void;
  readonly onOpen: (dialog: DialogName) => void;
  readonly onSignOut: () => void;
  readonly children: ReactNode;
}

/** What stays: the rail, the top bar with my state and the call, and what there is to know on every page. */
export function Frame({ inCall, supervisor, notice, onForgetNotice, onOpen, onSignOut, children }: FrameProps) {
  const { t } = useTranslation();
  const { snapshot, page } = useDesk();
  return (
    <>
      <a className="skip" href="#page">
        {t('skip')}
      </a>
      <div className="frame">
        <Rail inCall={inCall} supervisor={supervisor} />
        <header className="top">
          <StateMenu />
          <CallBar />
          <PersonMenu onOpen={onOpen} onSignOut={onSignOut} />
        </header>
        <main className={`page page-${page}`} id="page" tabIndex={-1}>
          {snapshot.connection.status === 'waiting' && !lostText(snapshot) && (
            <Alert icon={<Icon name="retry" />}>{t('connection.lost')}</Alert>
          )}
          {notice && (
            <Alert icon={<Icon name="warning" />} withCloseButton closeButtonLabel={t('problem.dismiss')} onClose={onForgetNotice}>
              {t(notice.text, { name: notice.name })}
              {notice.text === 'problem.overloaded' && ` ${retryText(t, notice.retryAfterMs)}`}
            </Alert>
          )}
          <Unsaved />
          {page !== 'home' && <StateNote withButton />}
          {children}
        </main>
      </div>
    </>
  );
}
