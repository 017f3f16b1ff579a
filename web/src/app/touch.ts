/** How long after a person's last touch of the page a request still counts as theirs. */
const THEIRS_MS = 5_000;

/** Opening the page is a touch as well. */
let touchedAt = Date.now();

export function watchTouches(): void {
  const touch = () => (touchedAt = Date.now());
  for (const event of ['pointerdown', 'keydown', 'wheel', 'touchmove'])
    window.addEventListener(event, touch, { capture: true, passive: true });
}

/** Whether nobody caused what is asked now: the page looks for news by itself. */
export function isBackground(): boolean {
  return Date.now() - touchedAt > THEIRS_MS;
}
