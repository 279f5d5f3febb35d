import type { Progress } from '../contract/types.js';

type Tell = (progress: Progress) => void;

/** Passes on only what goes on: work that is done again elsewhere begins anew. */
export function onward(tell: Tell | undefined): Tell | undefined {
  if (!tell) return undefined;
  const furthest = new Map<string, number>();
  return (progress) => {
    const { stage, done } = progress;
    if (done <= (furthest.get(stage) ?? -1)) return;
    furthest.set(stage, done);
    tell(progress);
  };
}
