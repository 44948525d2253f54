import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--cd-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name = '', light = '', dark = '']) => [
    name,
    { light, dark },
  ]),
);

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ['surface', 'surface-sunken', 'surface-raised'];
const texts = ['text', 'text-muted', 'primary-text', 'go-text', 'wait-text', 'stop-text'];
const textPairs = [
  ...surfaces.flatMap((surface) => texts.map((text) => [text, surface] as const)),
  ...['primary', 'go', 'wait'].flatMap(
    (kind) =>
      [
        [`${kind}-text`, `${kind}-soft`],
        ['text', `${kind}-soft`],
      ] as const,
  ),
  ...['primary', 'go-fill', 'stop-fill'].flatMap(
    (fill) =>
      [
        ['on-fill', fill],
        ['on-fill', `${fill}-hover`],
      ] as const,
  ),
  ['on-stage', 'stage'] as const,
];
const signPairs = surfaces.flatMap((surface) =>
  ['border-control', 'go', 'wait', 'go-fill', 'stop-fill', 'primary'].map((sign) => [sign, surface] as const),
);

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  const colour = (name: string) => {
    const token = tokens.get(name);
    if (!token) throw new Error(`no token --cd-${name}`);
    return token[scheme];
  };

  test.each(textPairs)('%s is readable on %s', (text, ground) => {
    expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(signPairs)('%s can be told from %s', (sign, ground) => {
    expect(contrast(colour(sign), colour(ground))).toBeGreaterThanOrEqual(3);
  });
});
