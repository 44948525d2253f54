import { expect, test } from 'vitest';
import { type Command, Commands } from './commands.ts';

test('a page may ask before the widget is there', () => {
  const commands = new Commands();
  const heard: Command[] = [];

  commands.send('de');
  commands.send('open');
  commands.listen((command) => heard.push(command));
  commands.send('close');

  expect(heard).toEqual(['de', 'open', 'close']);
});

test('a command that was heard once is not heard again', () => {
  const commands = new Commands();
  const heard: Command[] = [];
  commands.send('open');

  commands.listen(() => undefined)();
  commands.listen((command) => heard.push(command));

  expect(heard).toEqual([]);
});
