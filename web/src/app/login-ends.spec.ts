import { describe, expect, it } from '@jest/globals';
import { rejectingWhenLoginEnds } from './login-ends.js';

const refused = new Error('not signed in');

describe('a data provider that rejects when the login ends', () => {
  it('hands on what the method answers', async () => {
    const provider = rejectingWhenLoginEnds(
      { add: async (a: number, b: number) => a + b },
      async () => false,
    );
    await expect(provider.add(2, 3)).resolves.toBe(5);
  });

  it('never turns the refusal into an answer, though the login was ended for it', async () => {
    const ended: unknown[] = [];
    const provider = rejectingWhenLoginEnds({ send: () => Promise.reject(refused) }, async (error) => {
      ended.push(error);
      return true;
    });
    await expect(provider.send()).rejects.toBe(refused);
    expect(ended).toEqual([refused]);
  });

  it('rejects with any other error too', async () => {
    const provider = rejectingWhenLoginEnds({ send: () => Promise.reject(refused) }, async () => false);
    await expect(provider.send()).rejects.toBe(refused);
  });
});
