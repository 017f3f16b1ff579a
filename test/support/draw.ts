/** Everything random of a harness comes from here: the same seed draws the same. */
export interface Draw {
  number(): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** Each choice with its weight. */
  weigh<T>(choices: readonly (readonly [T, number])[]): T;
  between(low: number, high: number): number;
}

/** mulberry32 over a hashed seed. */
export function draw(seed: string): Draw {
  let state = 1_779_033_703;
  for (const sign of seed) state = Math.imul(state ^ sign.charCodeAt(0), 3_432_918_353) >>> 0;
  const number = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const weigh = <T>(choices: readonly (readonly [T, number])[]): T => {
    let left = number() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [choice, weight] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    return (choices.at(-1) as readonly [T, number])[0];
  };
  return {
    number,
    weigh,
    chance: (probability) => number() < probability,
    pick: <T>(choices: readonly T[]): T => choices[Math.floor(number() * choices.length)] as T,
    between: (low, high) => low + Math.floor(number() * (high - low + 1)),
  };
}
