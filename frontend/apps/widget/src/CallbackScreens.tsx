import { useState } from 'preact/hooks';
import { useWidget } from './context.ts';
import { useRinging } from './hooks.ts';
import { Button, Heading, Icon, NameField, Note, Notice } from './parts.tsx';
import { clockTime } from './queue-view.ts';
import { initialsOf, type Phase } from './view.ts';

/** How the visitor wants to be called back. */
export function AskCallbackScreen() {
  const { t, engine, snapshot, drafts, write, show, requestCallback, here } = useWidget();
  const [byPhone, setByPhone] = useState(drafts.phone !== '' || !here.mayTalk);
  const [asking, setAsking] = useState(false);
  const waits = 'contact' in snapshot.call && snapshot.call.phase !== 'ended' && snapshot.call.phase !== 'prequeue';
  const ask = async () => {
    setAsking(true);
    await requestCallback(byPhone ? drafts.phone.trim() : undefined);
    setAsking(false);
  };
  const back = () => {
    show();
    if (snapshot.call.phase === 'prequeue') void engine.hangUp();
  };
  return (
    <form
      class="screen"
      onSubmit={(event) => {
        event.preventDefault();
        if (!asking) void ask();
      }}
    >
      <Heading>{t('callback.askTitle')}</Heading>
      <p>{t(waits ? 'callback.askWaiting' : 'callback.askText')}</p>
      {here.mayTalk && (
        <fieldset class="ways">
          <legend>{t('callback.how')}</legend>
          <Way chosen={!byPhone} onChoose={() => setByPhone(false)} text={t('callback.onPage')} />
          <Way chosen={byPhone} onChoose={() => setByPhone(true)} text={t('callback.byPhone')} />
        </fieldset>
      )}
      {byPhone && (
        <label class="field">
          <span>{t('callback.number')}</span>
          <input
            type="tel"
            autocomplete="tel"
            dir="ltr"
            required
            maxLength={60}
            pattern="[+0-9][0-9 .\/\-\(\)]{3,}"
            title={t('callback.numberHint')}
            value={drafts.phone}
            onInput={(event) => write({ phone: event.currentTarget.value })}
          />
        </label>
      )}
      {!waits && <NameField />}
      <label class="field">
        <span>{t('callback.note')}</span>
        <textarea rows={2} dir="auto" maxLength={200} value={drafts.note} onInput={(event) => write({ note: event.currentTarget.value })} />
      </label>
      <Notice />
      <div class="choices">
        <Button kind="primary" icon="callback" busy={asking}>
          {t('callback.request')}
        </Button>
        <Button kind="quiet" onClick={back}>
          {t('failed.back')}
        </Button>
      </div>
    </form>
  );
}

function Way({ chosen, onChoose, text }: { chosen: boolean; onChoose: () => void; text: string }) {
  return (
    <label class="way">
      <input type="radio" name="way" checked={chosen} onChange={onChoose} />
      <span>{text}</span>
    </label>
  );
}

/** The visitor will be called back. */
export function CallbackScreen({ call: { callback } }: { call: Phase<'callback'> }) {
  const { t, engine, language } = useWidget();
  const phone = callback?.phone;
  const due = Date.parse(callback?.dueAt ?? '');
  return (
    <section class="screen">
      <Heading>{t('callback.title')}</Heading>
      <div class="waiting">
        <span class="beacon" aria-hidden="true">
          <Icon name="callback" />
        </span>
        {phone ? (
          <p>
            {t('callback.toPhone')}
            <bdi class="phone" dir="ltr">
              {phone}
            </bdi>
          </p>
        ) : (
          <p>{t('callback.toPage')}</p>
        )}
      </div>
      {callback && callback.attempt > 0 && due > engine.serverNow() && (
        <Note icon="time" tone="wait">
          {t('callback.missed', { time: clockTime(due, language) })}
        </Note>
      )}
      <p class="fine">{t(phone ? 'callback.mayClose' : 'callback.stay')}</p>
      <Notice />
      <Button kind="stop-outline" onClick={() => void engine.hangUp()}>
        {t('callback.cancel')}
      </Button>
    </section>
  );
}

/** An agent calls back now: it rings here, or at the visitor's telephone. */
export function CalledBackScreen({ call: { contact, callback } }: { call: Phase<'callback'> }) {
  const { t, engine, forgetNotice } = useWidget();
  const [answering, setAnswering] = useState(false);
  const onPage = callback?.phone === undefined;
  const name = contact.agent?.name ?? t('call.withTeam');
  useRinging(engine, onPage && !answering, t('callback.ringing'));
  const answer = async () => {
    forgetNotice();
    setAnswering(true);
    await engine.answerCallback();
    setAnswering(false);
  };
  return (
    <section class="screen called-back">
      <div class="stage">
        <span class="avatar" aria-hidden="true">
          {initialsOf(name)}
        </span>
      </div>
      <Heading>{t('callback.from', { name })}</Heading>
      {!onPage && (
        <Note icon="callback" tone="go">
          {t('callback.pickUp', { phone: callback?.phone ?? '' })}
        </Note>
      )}
      <Notice />
      <div class="choices">
        {onPage && (
          <Button kind="go" icon="call" busy={answering} onClick={() => void answer()}>
            {t('callback.answer')}
          </Button>
        )}
        <Button kind={onPage ? 'stop' : 'stop-outline'} icon="hangUp" onClick={() => void engine.hangUp()}>
          {t(onPage ? 'callback.decline' : 'callback.cancel')}
        </Button>
      </div>
    </section>
  );
}
