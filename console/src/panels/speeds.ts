/** The speeds a replay is offered. */
export const SPEEDS = [1, 2, 5, 10, 30, 60, 120, 300, 600];

/** The next speed up or down from one that need not be in the row. */
export function nextSpeed(speed: number, step: 1 | -1): number {
  const onward = step > 0 ? SPEEDS.find((each) => each > speed) : [...SPEEDS].reverse().find((each) => each < speed);
  return onward ?? speed;
}
