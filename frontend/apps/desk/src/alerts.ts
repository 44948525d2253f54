import { useEffect } from 'react';

/** The page's title; while it rings it flashes between two, so that a tab in the background is noticed. */
export function useTitle(usual: string, flashing: string | undefined): void {
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
export function useNotification(callId: string | undefined, title: string, body: string): void {
  useEffect(() => {
    if (!callId || document.visibilityState === 'visible') return;
    if (!('Notification' in window) || Notification.permission !== 'granted') return;
    const notification = show(title, { body, tag: callId, icon: '/icon-192.png', requireInteraction: true });
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
