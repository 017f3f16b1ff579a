import { describe, expect, it } from '@jest/globals';
import { helpWords } from './problem-words.js';

const t = (key: string, options?: Record<string, unknown>) =>
  key.endsWith('nobody_named') ? String(options?._) : key;

describe('what to do about a problem', () => {
  it('asks for the request’s number only where there is one', () => {
    expect(helpWords({ code: 'internal', requestId: 'r' }, t)).toBe('problems.help.internal');
    expect(helpWords({ code: 'internal', requestId: '' }, t)).toBe('problems.help.internal_bare');
    expect(helpWords({ code: 'nobody_named', requestId: '' }, t)).toBe('problems.help.internal_bare');
  });

  it('has its own words for a problem with a name', () => {
    expect(helpWords({ code: 'forbidden', requestId: 'r' }, t)).toBe('problems.help.forbidden');
  });
});
