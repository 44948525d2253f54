import { useState } from 'preact/hooks';
import { useWidget } from './context.ts';
import { Button, Icon, Note } from './parts.tsx';

const stars = [1, 2, 3, 4, 5] as const;
type Stars = (typeof stars)[number];

/** How it was: one to five stars, with a word for each, and a comment if there is something to say. */
export function Rating() {
  const { t, engine, drafts, write, forgetNotice } = useWidget();
  const [rating, setRating] = useState<Stars | undefined>();
  const [stage, setStage] = useState<'asking' | 'sending' | 'thanks' | 'skipped'>('asking');
  if (stage === 'skipped') return null;
  if (stage === 'thanks') {
    return (
      <div role="status">
        <Note icon="done" tone="go">
          {t('rating.thanks')}
        </Note>
      </div>
    );
  }
  const send = async () => {
    if (rating === undefined || stage === 'sending') return;
    forgetNotice();
    setStage('sending');
    const comment = drafts.comment.trim();
    const sent = await (comment ? engine.rate(rating, comment) : engine.rate(rating));
    if (sent) write({ comment: '' });
    setStage(sent ? 'thanks' : 'asking');
  };
  return (
    <form
      class="rating"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <fieldset class="stars">
        <legend>{t('rating.title')}</legend>
        {stars.map((each) => (
          <label key={each} class={`star ${rating !== undefined && each <= rating ? 'lit' : ''}`}>
            <input class="hidden" type="radio" name="rating" checked={rating === each} onChange={() => setRating(each)} />
            <Icon name="star" />
            <span class="hidden">{t(`rating.${each}`)}</span>
          </label>
        ))}
        <span class="star-word" aria-hidden="true">
          {rating === undefined ? t('rating.choose') : t(`rating.${rating}`)}
        </span>
      </fieldset>
      {rating !== undefined && (
        <label class="field">
          <span>{t('rating.comment')}</span>
          <textarea
            rows={2}
            dir="auto"
            maxLength={400}
            value={drafts.comment}
            onInput={(event) => write({ comment: event.currentTarget.value })}
          />
        </label>
      )}
      <div class="side-by-side">
        {rating !== undefined && (
          <Button kind="primary" busy={stage === 'sending'}>
            {t('rating.send')}
          </Button>
        )}
        <Button kind="quiet" onClick={() => setStage('skipped')}>
          {t('rating.skip')}
        </Button>
      </div>
    </form>
  );
}
