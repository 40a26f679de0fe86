/**
 * Lets a value through at once, then at most every `intervalMilliseconds`, the latest one winning: a busy live feed
 * redraws the map a few times a second and never falls behind.
 */
export function throttleLatest<T>(
  intervalMilliseconds: number,
  apply: (value: T) => void,
  now: () => number = () => performance.now(),
  later: (run: () => void, milliseconds: number) => unknown = setTimeout,
): (value: T) => void {
  let lastApplied = -Infinity;
  let pending: { value: T } | null = null;
  return (value) => {
    if (pending) {
      pending.value = value;
      return;
    }
    const wait = lastApplied + intervalMilliseconds - now();
    if (wait <= 0) {
      lastApplied = now();
      apply(value);
      return;
    }
    pending = { value };
    later(() => {
      const latest = pending!.value;
      pending = null;
      lastApplied = now();
      apply(latest);
    }, wait);
  };
}
