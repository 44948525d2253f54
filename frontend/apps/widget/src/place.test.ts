import { describe, expect, test } from 'vitest';
import { type Box, corner, gridTemplate, placeOf, recallPlace, rememberPlace } from './place.ts';

const frame: Box = { left: 20, top: 20, width: 1000, height: 800 };
const at = (left: number, top: number): Box => ({ left, top, width: 200, height: 60 });

describe('a place', () => {
  test('is counted from the nearest corner', () => {
    expect(placeOf(at(50, 700), frame, 'ltr')).toEqual({ inline: 'start', inlineGap: 30, block: 'end', blockGap: 60 });
    expect(placeOf(at(800, 25), frame, 'ltr')).toEqual({ inline: 'end', inlineGap: 20, block: 'start', blockGap: 5 });
  });

  test('is mirrored where text runs from right to left', () => {
    expect(placeOf(at(50, 700), frame, 'rtl')).toEqual({ inline: 'end', inlineGap: 30, block: 'end', blockGap: 60 });
  });

  test('stays within the window', () => {
    expect(placeOf(at(-500, 5000), frame, 'ltr')).toEqual({ inline: 'start', inlineGap: 0, block: 'end', blockGap: 0 });
  });

  test('is the end where the window leaves no choice', () => {
    expect(placeOf({ left: 20, top: 20, width: 1200, height: 900 }, frame, 'ltr')).toEqual(corner);
  });

  test('is laid out so that its gap gives way', () => {
    expect(gridTemplate({ inline: 'start', inlineGap: 30, block: 'end', blockGap: 60 })).toEqual({
      rows: '1fr max-content minmax(0, 60px)',
      columns: 'minmax(0, 30px) max-content 1fr',
    });
  });
});

describe('the memory of it', () => {
  const storage = (kept?: string) => {
    const items = new Map(kept === undefined ? [] : [['calldocker.place', kept]]);
    return {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => items.set(key, value),
    } as unknown as Storage;
  };

  test('is for the next page', () => {
    const site = storage();
    const place = placeOf(at(50, 700), frame, 'ltr');

    rememberPlace(site, place);

    expect(recallPlace(site)).toEqual(place);
  });

  test('is a corner, too, and any length below 100 000 pixels', () => {
    const kept = (inlineGap: number) => recallPlace(storage(JSON.stringify({ ...corner, inlineGap }))).inlineGap;

    expect(recallPlace(storage('{"inline":"start","inlineGap":0,"block":"start","blockGap":0}'))).toMatchObject({ inline: 'start' });
    expect([kept(99_999), kept(100_000)]).toEqual([99_999, 0]);
  });

  test.each([
    ['nothing', undefined],
    ['no JSON', '{'],
    ['null', 'null'],
    ['an edge that is none', '{"inline":"left","inlineGap":1,"block":"end","blockGap":1}'],
    ['a gap that is no length', '{"inline":"end","inlineGap":"1px;}","block":"end","blockGap":1}'],
    ['a gap that is below zero', '{"inline":"end","inlineGap":-1,"block":"end","blockGap":1}'],
  ])('is the corner when it holds %s', (_, kept) => {
    expect(recallPlace(storage(kept))).toEqual(corner);
  });
});
