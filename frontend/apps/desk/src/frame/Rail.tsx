import type { IconName } from '@calldocker/ui';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../context.ts';
import type { PageName } from '../page.ts';
import { Icon } from '../parts.tsx';

interface Entry {
  readonly page: PageName;
  readonly icon: IconName;
  readonly label: string;
}

/** The pages. The one of the call is there as long as the call is. */
export function Rail({ inCall, supervisor }: { inCall: boolean; supervisor: boolean }) {
  const { t } = useTranslation();
  const { page, go } = useDesk();
  const entries: readonly (Entry | false)[] = [
    { page: 'home', icon: 'home', label: t('rail.home') },
    inCall && { page: 'call', icon: 'call', label: t('rail.call') },
    supervisor && { page: 'live', icon: 'live', label: t('rail.live') },
  ];
  return (
    <nav className="rail" aria-label={t('rail.label')}>
      <img src="favicon.svg" alt="CallDocker" width={36} height={36} />
      {entries.map(
        (entry) =>
          entry && (
            <a
              key={entry.page}
              className="rail-entry"
              href={`#${entry.page}`}
              aria-current={entry.page === page ? 'page' : undefined}
              onClick={(event) => {
                event.preventDefault();
                go(entry.page);
              }}
            >
              <Icon name={entry.icon} />
              <span>{entry.label}</span>
            </a>
          ),
      )}
    </nav>
  );
}
