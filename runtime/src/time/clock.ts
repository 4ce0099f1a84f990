/** The time for dating requests: this machine's, corrected by a known offset. */
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
