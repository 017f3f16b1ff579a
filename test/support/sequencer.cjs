const { default: Sequencer } = require('@jest/test-sequencer');

/** Short files that take minutes: without a run to remember, Jest begins with the largest ones, and these come last, alone. */
const LONGEST = ['faults/money-runs', 'faults/year', 'e2e/screens', 'faults/launcher', 'faults/history'];

const placeOf = ({ path }) => {
  const place = LONGEST.findIndex((name) => path.replaceAll('\\', '/').endsWith(`${name}.spec.ts`));
  return place < 0 ? LONGEST.length : place;
};

/** The longest files first, so that no worker is left alone with one at the end. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((left, right) => placeOf(left) - placeOf(right));
  }
};
