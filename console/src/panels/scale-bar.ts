/** How long a scale bar stands for how many miles. */
const STEPS_NM = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
const LONGEST_PX = 140;

/** The longest round distance that fits: [nautical miles, pixels]. */
export function scaleBar(metresPerPixel: number): [number, number] {
  const pixels = (miles: number) => (miles * 1852) / metresPerPixel;
  const miles = [...STEPS_NM].reverse().find((each) => pixels(each) <= LONGEST_PX) ?? STEPS_NM[0]!;
  return [miles, pixels(miles)];
}
