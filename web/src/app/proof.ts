/** Asks the person for the password once more; resolves to whether the server took it. */
type Ask = () => Promise<boolean>;

let ask: Ask | null = null;

/** The frame says how to ask; nobody signed in, nobody to ask. */
export function onPasswordNeeded(asking: Ask | null): void {
  ask = asking;
}

/** Several requests may meet the same closed door: one question answers them all. */
let asking: Promise<boolean> | null = null;

export function provePassword(): Promise<boolean> {
  asking ??= (ask?.() ?? Promise.resolve(false)).finally(() => (asking = null));
  return asking;
}
