import { describe, expect, it } from '@jest/globals';
import { cutOffAfter, settlementAfter, startOfDay, workingDaysLater } from './business-days.rules.js';

const bogota = { zone: 'America/Bogota', cutOff: '22:00', country: 'CO' };
const santiago = { zone: 'America/Santiago', cutOff: '22:00', country: 'CL' };
const puertoRico = { zone: 'America/Puerto_Rico', cutOff: '22:00', country: 'PR' };

describe('a business day', () => {
  it.each([
    ['ends the same evening', '2026-03-02T15:00:00Z', '2026-03-03T03:00:00Z'],
    ['ends the next evening for what came after the cut-off', '2026-03-03T03:00:00Z', '2026-03-04T03:00:00Z'],
    ['is the local one, not that of Greenwich', '2026-03-03T02:59:00Z', '2026-03-03T03:00:00Z'],
  ])('%s', (_case, at, end) => {
    expect(cutOffAfter(new Date(at), bogota)).toEqual(new Date(end));
  });

  it('keeps its local hour when the clocks change', () => {
    // Chile goes back to winter time on 5 April 2026.
    expect([
      cutOffAfter(new Date('2026-04-03T15:00:00Z'), santiago),
      cutOffAfter(new Date('2026-04-06T15:00:00Z'), santiago),
    ]).toEqual([new Date('2026-04-04T01:00:00Z'), new Date('2026-04-07T02:00:00Z')]);
  });

  it('begins at local midnight', () => {
    expect(startOfDay(new Date('2026-03-03T02:00:00Z'), 'America/Bogota')).toEqual(
      new Date('2026-03-02T05:00:00Z'),
    );
  });
});

describe('what is paid', () => {
  it.each([
    ['on a working day is settled that evening', bogota, '2026-03-02T15:00:00Z', '2026-03-03T03:00:00Z'],
    ['on a Friday night is settled on Monday', bogota, '2026-03-07T04:00:00Z', '2026-03-10T03:00:00Z'],
    ['before a long weekend is settled after it', bogota, '2026-03-21T15:00:00Z', '2026-03-25T03:00:00Z'],
    ['on a holiday is settled the day after', bogota, '2026-07-20T15:00:00Z', '2026-07-22T03:00:00Z'],
    [
      'before two holidays in Puerto Rico waits for both',
      puertoRico,
      '2026-07-25T15:00:00Z',
      '2026-07-29T02:00:00Z',
    ],
  ])('%s', (_case, site, at, settled) => {
    expect(settlementAfter(new Date(at), site)).toEqual(new Date(settled));
  });
});

describe('working days', () => {
  it('are counted without weekends and holidays', () => {
    // 20 July is a holiday in Colombia; 18 and 19 are a weekend.
    expect(workingDaysLater(new Date('2026-07-16T15:00:00Z'), 2, bogota)).toEqual(
      new Date('2026-07-21T15:00:00Z'),
    );
  });
});
