import type { LiveAgent, LiveQueue } from '@calldocker/protocol';
import { Button, Loader } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../commands/use-commands.ts';
import { useDesk, useLocalTime, useServerClock } from '../context.ts';
import { useClock } from '../hooks.ts';
import { timeOfDay } from '../i18n.ts';
import { Icon, Timer } from '../parts.tsx';
import { stateIcons } from '../words.ts';
import { byQueueAttention, queueMood, signedInTotals } from './attention.ts';
import { moodIcons } from './QueuesTable.tsx';

/** Every queue in numerals that are read from across the room. Nothing to click but the way back. */
export function Wallboard() {
  const { t } = useTranslation();
  const { snapshot, go } = useDesk();
  const live = snapshot.liveView;
  const now = useServerClock();
  const queues = useMemo(() => byQueueAttention(live?.queues ?? [], now), [live?.queues, now]);
  const leave = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    go('live');
  };
  useCommands([{ id: 'leave-wallboard', label: t('wallboard.leave'), keys: ['escape', 'w'], run: leave }]);
  return (
    <main className="wallboard">
      <header className="wallboard-head">
        <WallClock />
        {live && <Totals agents={live.agents} />}
        <div className="wallboard-buttons">
          <Button
            variant="default"
            leftSection={<Icon name="fullScreen" size={16} />}
            onClick={() => void document.documentElement.requestFullscreen().catch(() => undefined)}
          >
            {t('wallboard.fullScreen')}
          </Button>
          <Button variant="default" leftSection={<Icon name="back" size={16} />} onClick={leave}>
            {t('wallboard.leave')}
          </Button>
        </div>
      </header>
      {!live && <Loader m="xl" aria-label={t('live.loading')} />}
      {live && snapshot.stale && <p className="wallboard-empty">{t('live.stale')}</p>}
      {live && queues.length === 0 && <p className="wallboard-empty">{t('live.noQueues')}</p>}
      <div className="wallboard-tiles" data-tiles={tilesClass(queues.length)}>
        {queues.map((queue) => (
          <Tile key={queue.queueId} queue={queue} now={now} />
        ))}
      </div>
    </main>
  );
}

/** The fewer queues, the larger they are. */
function tilesClass(count: number): 'one' | 'few' | 'some' | 'many' {
  if (count <= 1) return 'one';
  if (count <= 2) return 'few';
  return count <= 6 ? 'some' : 'many';
}

function WallClock() {
  const { i18n } = useTranslation();
  const now = useClock(0);
  return <time className="wallboard-clock timer">{timeOfDay(i18n.language).format(now)}</time>;
}

function Totals({ agents }: { agents: readonly LiveAgent[] }) {
  const { t } = useTranslation();
  return (
    <ul className="wallboard-totals" aria-label={t('live.agents')}>
      {signedInTotals(agents).map(({ label, count }) => (
        <li key={label} className={`mood ${label}`}>
          <Icon name={stateIcons[label]} size={28} />
          <span>{t(`state.${label}`)}</span>
          <strong className="timer">{count}</strong>
        </li>
      ))}
    </ul>
  );
}

function Tile({ queue, now }: { queue: LiveQueue; now: number }) {
  const { t, i18n } = useTranslation();
  const local = useLocalTime();
  const mood = queueMood(queue, now);
  const { name, waiting, longestWaitingSince, free, staffed, serviceLevelPercent: level, targetSeconds } = queue;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' });
  return (
    <section className={`tile ${mood}`} aria-label={name}>
      <h2 className="tile-name">
        <bdi>{name}</bdi>
      </h2>
      <p className={`tile-mood mood ${mood}`}>
        <Icon name={moodIcons[mood]} size={32} /> {t(`mood.${mood}`)}
      </p>
      <p className="tile-waiting">
        <span className="timer">{waiting}</span>
        <span className="tile-word">{t('wallboard.waiting', { count: waiting })}</span>
      </p>
      <dl className="tile-facts">
        <div>
          <dt>{t('live.longest')}</dt>
          <dd className="timer">
            {longestWaitingSince === undefined ? '–' : <Timer since={local(longestWaitingSince)} label={t('live.longest')} />}
          </dd>
        </div>
        <div>
          <dt>{t('live.freeOf')}</dt>
          <dd className="timer">{t('live.freeOfNow', { free, staffed })}</dd>
        </div>
        <div>
          <dt>{targetSeconds === undefined ? t('live.level') : t('wallboard.level', { seconds: targetSeconds })}</dt>
          <dd className="timer">{level === undefined ? '–' : percent.format(level / 100)}</dd>
        </div>
      </dl>
    </section>
  );
}
