/** A failure that a person can act on: its message is printed alone, without a stack. */
export class Sentence extends Error {}

/** Runs a command's main function: a Sentence is printed as it is, anything else with its stack; both exit 1. */
export async function command(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Sentence ? error.message : error);
    process.exit(1);
  }
}

/** What was given for `--name`, from 1 to `most`; throws a sentence. */
export function wholeNumber(text, name, most) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new Sentence(`--${name} must be a whole number from 1 to ${most}.`);
  return value;
}
