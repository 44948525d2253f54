export { type BrowserKind, browserKind } from './browser.ts';
export { guardClicks } from './guard-clicks.ts';
export { type IconName, type IconNode, icons } from './icons.ts';
export { fitting, nearlyFull } from './limit.ts';
export { linkAttributes, linkify } from './links.ts';
export { type CallSound, playSound, showLevel, showPicture } from './media.ts';
export { Sounds } from './sound.ts';
export { durationAttribute, formatTimer, untilNextSecond } from './time.ts';
export { asWave } from './wave.ts';
