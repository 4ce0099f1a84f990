/** The time that requests are dated with: this machine's, put right by what is known to be wrong with it. */
export class Clock {
  /** Milliseconds to add to this machine's time: the client option `systemClockOffset`. */
  offset: number;

  constructor(offset = 0) {
    this.offset = offset;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.offset;
  }
}
