import type { Offer } from '@calldocker/client';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** What is noticed without looking at the page: its title, and a notification. */
export function useAlerts(offer: Offer | undefined, talking: boolean): void {
  const { t } = useTranslation();
  const name = offer?.contact.visitor.name ?? t('ring.unknown');
  useTitle(t(talking ? 'page.titleCall' : 'page.title'), offer && t('page.titleRinging'));
  useNotification(offer?.contact.callId, t('ring.title'), t('ring.notification', { name }));
}

/** The page's title; while it rings it flashes between two, so that a tab in the background is noticed. */
function useTitle(usual: string, flashing: string | undefined): void {
  useEffect(() => {
    document.title = flashing ?? usual;
    if (!flashing) return;
    const timer = setInterval(() => {
      document.title = document.title === usual ? flashing : usual;
    }, 1000);
    return () => {
      clearInterval(timer);
      document.title = usual;
    };
  }, [usual, flashing]);
}

/** Asked for when the agent goes available, in the click. A browser without notifications rings all the same. */
export function askForNotifications(): void {
  if ('Notification' in window && Notification.permission === 'default') void Notification.requestPermission().catch(() => undefined);
}

/** A notification of the system while it rings and nobody looks at the page. */
function useNotification(callId: string | undefined, title: string, body: string): void {
  useEffect(() => {
    if (!callId || document.visibilityState === 'visible') return;
    if (!('Notification' in window) || Notification.permission !== 'granted') return;
    const notification = show(title, { body, tag: callId, icon: 'icon-192.png', requireInteraction: true });
    if (!notification) return;
    notification.onclick = () => window.focus();
    return () => notification.close();
  }, [callId, title, body]);
}

function show(title: string, options: NotificationOptions): Notification | undefined {
  try {
    return new Notification(title, options);
  } catch {
    return undefined; // Browsers on phones allow notifications from service workers alone.
  }
}
