import { chooseLanguage, type Language, languageNames, languages, rememberLanguage } from '@calldocker/i18n';
import type { JSX } from 'preact';
import { useWidget } from './context.ts';
import { Icon } from './parts.tsx';

interface HeaderProps {
  /** Undefined where the screen below says it. */
  readonly status: string | undefined;
  readonly tone: string;
  /** There is something that a closed window does not end. */
  readonly live: boolean;
  readonly grip: JSX.HTMLAttributes<HTMLDivElement>;
  readonly onMoveKey: JSX.KeyboardEventHandler<HTMLButtonElement>;
  readonly onLanguage: (language: Language) => void;
  readonly onClose: () => void;
}

export function Header({ status, tone, live, grip, onMoveKey, onLanguage, onClose }: HeaderProps) {
  const { t } = useWidget();
  return (
    <div class="header" {...grip}>
      {status && <span class={`dot ${tone}`} aria-hidden="true" />}
      <p class={status ? 'status' : 'hidden'} role="status">
        {status}
      </p>
      {!status && <p class="status">{t('panel.title')}</p>}
      {!live && <LanguageChoice onChoose={onLanguage} />}
      <button class="icon-button mover" type="button" aria-label={t('panel.move')} onKeyDown={onMoveKey}>
        <Icon name="move" />
      </button>
      <button class="icon-button" type="button" aria-label={t(live ? 'panel.minimiseCall' : 'panel.minimise')} onClick={onClose}>
        <Icon name={live ? 'minimise' : 'close'} />
      </button>
    </div>
  );
}

function LanguageChoice({ onChoose }: { onChoose: (language: Language) => void }) {
  const { t, language } = useWidget();
  const choose = (value: string) => {
    const chosen = chooseLanguage([value]);
    rememberLanguage(chosen);
    onChoose(chosen);
  };
  return (
    <select class="language" aria-label={t('panel.language')} value={language} onChange={(event) => choose(event.currentTarget.value)}>
      {languages.map((each) => (
        <option key={each} value={each} lang={each}>
          {languageNames[each]}
        </option>
      ))}
    </select>
  );
}
