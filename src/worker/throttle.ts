/** Milliseconds between two events of one operation. */
const INTERVAL = 50;

/** Passes on at most one event an interval, never one that goes back, and always the last one. */
export function throttle<Event extends { done: number; total: number }>(
  send: (event: Event) => void,
): (event: Event) => void {
  let last = Number.NEGATIVE_INFINITY;
  let furthest = -1;
  return (event) => {
    const now = performance.now();
    const final = event.done >= event.total;
    if (event.done <= furthest || (!final && now - last < INTERVAL)) return;
    last = now;
    furthest = event.done;
    send(event);
  };
}
