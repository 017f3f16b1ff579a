/** In practice the server's clock may run ahead of the computer's; the screens must count from the same "now". */
let offsetMs = 0;

export function setClockOffset(milliseconds: number): void {
  offsetMs = milliseconds;
}

export function now(): number {
  return Date.now() + offsetMs;
}
