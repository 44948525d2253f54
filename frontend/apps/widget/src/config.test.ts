import { expect, test } from 'vitest';
import { readConfig, signallingUrl } from './config.ts';

test('calls go to the server that the script came from', () => {
  const config = readConfig('https://calls.example.com/widget.js?v=2', { company: ' demo ' });

  expect(config).toEqual({ company: 'demo', server: 'https://calls.example.com', language: undefined });
});

test('a line without a company is no widget', () => {
  expect(readConfig('https://calls.example.com/widget.js', {})).toBeUndefined();
});

test('signalling is secure where the page is', () => {
  expect(signallingUrl('https://calls.example.com')).toBe('wss://calls.example.com/ws');
  expect(signallingUrl('http://localhost:3000')).toBe('ws://localhost:3000/ws');
});
