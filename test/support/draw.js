/**
 * Everything random of a harness comes from here: the same seed draws the same.
 *
 * @typedef {object} Draw
 * @property {() => number} number
 * @property {(probability: number) => boolean} chance
 * @property {<T>(choices: readonly T[]) => T} pick
 * @property {<T>(choices: readonly (readonly [T, number])[]) => T} weigh Each choice with its weight.
 * @property {(low: number, high: number) => number} between
 */

/**
 * mulberry32 over a hashed seed.
 *
 * @param {string} seed
 * @returns {Draw}
 */
export function draw(seed) {
  let state = 1_779_033_703;
  for (const sign of seed) state = Math.imul(state ^ sign.charCodeAt(0), 3_432_918_353) >>> 0;
  const number = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    number,
    weigh: (choices) => {
      let left = number() * choices.reduce((sum, [, weight]) => sum + weight, 0);
      const chosen = choices.find(([, weight]) => {
        left -= weight;
        return left < 0;
      });
      return (chosen ?? choices[choices.length - 1])[0];
    },
    chance: (probability) => number() < probability,
    pick: (choices) => choices[Math.floor(number() * choices.length)],
    between: (low, high) => low + Math.floor(number() * (high - low + 1)),
  };
}
