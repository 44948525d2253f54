import { describe, expect, test } from 'vitest';
import { linkify } from './links.ts';

const links = (text: string) => linkify(text).filter(({ href }) => href !== undefined);
const joined = (text: string) =>
  linkify(text)
    .map((piece) => piece.text)
    .join('');

test('a text without addresses is one piece, and none is none', () => {
  expect(linkify('Call me. Or not?')).toEqual([{ text: 'Call me. Or not?' }]);
  expect(linkify('')).toEqual([]);
});

test('an address is a link, and what is around it is text', () => {
  expect(linkify('See https://shop.example/a?b=1#c, please')).toEqual([
    { text: 'See ' },
    { text: 'https://shop.example/a?b=1#c', href: 'https://shop.example/a?b=1#c' },
    { text: ', please' },
  ]);
});

test.each([
  ['(https://shop.example/a_(b)).', 'https://shop.example/a_(b)'],
  ['“https://shop.example/a”', 'https://shop.example/a'],
  ['https://shop.example...', 'https://shop.example'],
  ['看https://shop.example/鞋。', 'https://shop.example/鞋'],
  ['www.shop.example', 'www.shop.example'],
  ['HTTPS://Shop.Example/A', 'HTTPS://Shop.Example/A'],
  ['http://localhost:3000/x', 'http://localhost:3000/x'],
  ['https://[::1]/x', 'https://[::1]/x'],
  ['mailto:amina@shop.example', 'mailto:amina@shop.example'],
  ['amina+x@shop.example.', 'amina+x@shop.example'],
])('of %s the address is %s', (text, address) => {
  expect(links(text)[0]?.text).toBe(address);
  expect(joined(text)).toBe(text);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'file:///etc/passwd',
  'tel:+491234',
  'vbscript:x',
  'ftp://shop.example',
  'intent://x#Intent;end',
  'https://bank.example@evil.example/',
  'https://bank.example:pass@evil.example/',
  'https://',
  'http:shop.example',
  'mailto:a@shop.example?body=https',
  'xhttps://shop.example',
])('%s is text, or leads where it says', (text) => {
  for (const { href } of links(text)) expect(href).toMatch(/^(https:\/\/|mailto:a@shop\.example$)/);
  expect(links(text).some(({ href }) => href?.includes('evil'))).toBe(false);
  expect(joined(text)).toBe(text);
});

describe('the name of a host', () => {
  test.each([
    ['https://münchen.example/straße', 'https://münchen.example/straße'],
    ['https://пример.испытание/', 'https://пример.испытание/'],
    ['https://例え.テスト/', 'https://例え.テスト/'],
    ['https://münchen0123456789.example/', 'https://münchen0123456789.example/'],
    ['https://пример0123456789.испытание/', 'https://пример0123456789.испытание/'],
    ['https://παράδειγμα0123456789.δοκιμή/', 'https://παράδειγμα0123456789.δοκιμή/'],
    ['https://مثال0123456789.إختبار/', 'https://مثال0123456789.إختبار/'],
    ['https://דוגמה0123456789.טעסט/', 'https://דוגמה0123456789.טעסט/'],
    ['https://उदाहरण0123456789.परीक्षा/', 'https://उदाहरण0123456789.परीक्षा/'],
    ['https://ตัวอย่าง0123456789.ทดสอบ/', 'https://ตัวอย่าง0123456789.ทดสอบ/'],
    ['https://실례0123456789.테스트/', 'https://실례0123456789.테스트/'],
    ['https://例え0123456789.テスト/', 'https://例え0123456789.テスト/'],
    ['https://مثال.إختبار/', 'https://مثال.إختبار/'],
  ])('is as it was written, in one script: %s', (text, shown) => {
    expect(links(text)[0]?.text).toBe(shown);
  });

  test.each([
    ['https://аррӏе.com/', 'https://xn--80ak6aa92e.com/'],
    ['https://pаypal.com/x', 'https://xn--pypal-4ve.com/x'],
    ['https://gıthub.com', 'https://xn--gthub-n4a.com'],
    ['https://οοο.com', 'https://xn--0xaaa.com'],
    ['https://аррӏе0123456789.com/', 'https://xn--0123456789-yqi4d4ha95s.com/'],
    ['https://evil。example', 'https://evil.example'],
    ['http://2130706433/x', 'http://127.0.0.1/x'],
    ['http://0x7f.1/', 'http://127.0.0.1/'],
  ])('is its real one where it could be taken for another: %s', (text, shown) => {
    expect(links(text)[0]?.text).toBe(shown);
  });
});

test('nothing that is not seen, or turns the direction, is part of an address', () => {
  expect(links('https://shop.example/\u202egnp.exe')[0]?.href).toBe('https://shop.example/');
  expect(links('https://sh\u200bop.example/')[0]?.href).toBe('https://sh/');
});

test('a long text takes no long time', () => {
  const started = performance.now();
  for (const part of ['a.', 'a@', 'https://(', 'https://a)', 'www.', 'a-a@a.']) linkify(part.repeat(20_000));
  expect(performance.now() - started).toBeLessThan(1_000);
});
