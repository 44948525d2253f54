export { type IconName, type IconNode, icons } from './icons.ts';
export { Sounds } from './sound.ts';
export { durationAttribute, formatTimer, untilNextSecond } from './time.ts';
