import { expect, test } from 'vitest';
import { offerTitle } from './offer-view.ts';

const asked = (kind: Parameters<typeof offerTitle>[0]['kind'], channel: 'voice' | 'video' | 'voicemail' = 'voice') =>
  offerTitle({ kind, contact: { channel } });

test('a call says what it is before it is answered', () => {
  expect(asked('contact')).toBe('ring.title');
  expect(asked('contact', 'video')).toBe('ring.titleVideo');
  expect(asked('contact', 'voicemail')).toBe('ring.titleVoicemail');
});

test('a colleague who asks comes before how the visitor called', () => {
  expect(asked('transfer', 'video')).toBe('ring.titleTransfer');
  expect(asked('consult', 'video')).toBe('ring.titleConsult');
  expect(asked('callback')).toBe('ring.titleCallback');
});
