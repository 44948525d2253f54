import { expect, test } from 'vitest';
import { fillHtml } from './text.ts';

test('a text goes into its element, escaped', () => {
  expect(fillHtml('<h1 class="a" data-text="hero.title"></h1>', { 'hero.title': 'You & <us>' })).toBe(
    '<h1 class="a" data-text="hero.title">You &amp; &lt;us></h1>',
  );
});

test('a meta element takes it as its content', () => {
  expect(fillHtml('<meta name="description" data-text="d" />', { d: 'Say "hi"' })).toBe(
    '<meta name="description" data-text="d" content="Say &quot;hi&quot;" />',
  );
});

test('a text that is missing stops the build', () => {
  expect(() => fillHtml('<p data-text="nope"></p>', {})).toThrow(/nope/);
});
