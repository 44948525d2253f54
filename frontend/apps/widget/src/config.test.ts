import { expect, test } from 'vitest';
import { readConfig, signallingUrl } from './config.ts';

test('calls go to the server that the script came from', () => {
  const config = readConfig('https://calls.example.com/widget.js?v=2', { company: ' demo ' });

  expect(config).toEqual({ company: 'demo', server: 'https://calls.example.com', language: undefined });
});

test('a server may be below a path', () => {
  expect(readConfig('https://example.com/calls/widget.js', { company: 'demo' })?.server).toBe('https://example.com/calls');
  expect(readConfig('https://example.com/a/b/widget.js?x=/c/', { company: 'demo' })?.server).toBe('https://example.com/a/b');
});

test('a line without a company is no widget', () => {
  expect(readConfig('https://calls.example.com/widget.js', {})).toBeUndefined();
  expect(readConfig('https://calls.example.com/widget.js?company=%20', {}, { company: 7 })).toBeUndefined();
});

test('the company is named by the line, else by its address, else beside it', () => {
  const address = 'https://calls.example.com/widget.js?company=second&language=de';
  const settings = { company: 'third', language: 'ar' };

  expect(readConfig(address, { company: 'first', language: 'en' }, settings)).toMatchObject({ company: 'first', language: 'en' });
  expect(readConfig(address, {}, settings)).toMatchObject({ company: 'second', language: 'de' });
  expect(readConfig('https://calls.example.com/widget.js', {}, settings)).toMatchObject({ company: 'third', language: 'ar' });
});

test('signalling is secure where the page is', () => {
  expect(signallingUrl('https://calls.example.com')).toBe('wss://calls.example.com/ws');
  expect(signallingUrl('http://localhost:3000/calls')).toBe('ws://localhost:3000/calls/ws');
});
