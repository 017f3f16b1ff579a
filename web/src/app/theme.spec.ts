import { describe, expect, it } from '@jest/globals';
import { dark, light } from './theme.js';

/** WCAG 2 relative luminance of `#rrggbb`. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s theme', (_, { background, text, primary, error, meaning }) => {
  const grounds = [background.default, background.paper];

  it.each([
    ['text', text.primary],
    ['quiet text', text.secondary],
    ['links', primary.main],
    ['errors', error.main],
    ...Object.entries(meaning).map(([name, colour]) => [name, colour.text] as const),
  ])('lets %s be read on page and paper', (_name, colour) => {
    for (const ground of grounds) expect(contrast(colour, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(Object.entries(meaning))('lets the chip that means %s be read', (_name, colour) => {
    expect(contrast(colour.text, colour.soft)).toBeGreaterThanOrEqual(4.5);
  });

  it('lets the filled button be read', () => {
    expect(contrast(primary.contrastText, primary.main)).toBeGreaterThanOrEqual(4.5);
  });
});
