/** The sound of an alarm: two tones, again every few seconds while it is wanted. No file, so nothing to load first. */
const EVERY_MS = 4000;

export class Sound {
  private context: AudioContext | null = null;
  private timer = 0;

  get on(): boolean {
    return this.timer !== 0;
  }

  want(loud: boolean): void {
    if (loud === this.on) return;
    clearInterval(this.timer);
    this.timer = loud ? window.setInterval(() => this.beep(), EVERY_MS) : 0;
    if (loud) this.beep();
  }

  /** A browser lets no page sound before somebody has touched it; until then this is nothing. */
  private beep(): void {
    this.context ??= new AudioContext();
    const { context } = this;
    if (context.state === 'suspended') void context.resume();
    [880, 660].forEach((pitch, i) => {
      const tone = context.createOscillator();
      const gain = context.createGain();
      const from = context.currentTime + i * 0.25;
      tone.frequency.value = pitch;
      gain.gain.setValueAtTime(0.0001, from);
      gain.gain.exponentialRampToValueAtTime(0.25, from + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.0001, from + 0.22);
      tone.connect(gain).connect(context.destination);
      tone.start(from);
      tone.stop(from + 0.24);
    });
  }
}
