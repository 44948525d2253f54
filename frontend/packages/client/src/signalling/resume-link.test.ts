import { describe, expect, it } from 'vitest';
import { readResumeLink, resumeLink } from './resume-link.ts';

const handover = { accessToken: 'a.b-c_d.e', resumeToken: 'r/+=' };

describe('a resume link', () => {
  it('hands over what another page needs, in the fragment alone', () => {
    const link = resumeLink('https://shop.example/cart?item=1#section', handover);

    expect(link.split('#')[0]).toBe('https://shop.example/cart?item=1');
    expect(readResumeLink(link)).toEqual(handover);
  });

  it.each(['', '#section', '#calldocker=', '#calldocker=one', '#calldocker=%E0%A4%A'])('is not what ends with %s', (fragment) => {
    expect(readResumeLink(`https://shop.example/${fragment}`)).toBeUndefined();
  });
});
