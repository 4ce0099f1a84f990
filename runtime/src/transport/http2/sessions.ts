import type { Address } from "./connect.js";
import { openSession, type Session, type SessionOwner } from "./session.js";

/** What waits for a session to send over. */
export interface SessionUser {
  onSession(session: Session): void;
  onNoSession(error: Error): void;
}

/** The sessions of one origin, and the requests that wait for one. */
export class Sessions implements SessionOwner {
  readonly #address: Address;
  readonly #maxSessions: number;
  readonly #pingInterval: number;
  readonly #sessions = new Set<Session>();
  /** Those that accept no more streams, but have some. */
  readonly #closing = new Set<Session>();
  readonly #waiting = new Set<SessionUser>();
  /** Cancels the session that is being opened. */
  #cancelOpening: (() => void) | undefined;

  constructor(address: Address, maxSessions: number, pingInterval: number) {
    this.#address = address;
    this.#maxSessions = maxSessions;
    this.#pingInterval = pingInterval;
  }

  /** Whether all connections that are allowed are open, and all their streams are in use. */
  get areExhausted(): boolean {
    return this.#sessions.size >= this.#maxSessions && !this.#withRoom();
  }

  /** Calls back once there is a stream for it, at once if there is one now. */
  take(user: SessionUser): void {
    const session = this.#waiting.size === 0 ? this.#withRoom() : undefined;
    if (session) return user.onSession(session);
    this.#waiting.add(user);
    this.#open();
  }

  /** The user waits no longer. */
  leave(user: SessionUser): void {
    if (!this.#waiting.delete(user) || this.#waiting.size > 0) return;
    this.#cancelOpening?.();
    this.#cancelOpening = undefined;
  }

  close(): void {
    for (const session of [...this.#sessions, ...this.#closing]) session.close();
  }

  onRoom(): void {
    for (const user of this.#waiting) {
      const session = this.#withRoom();
      if (!session) return this.#open();
      this.#waiting.delete(user);
      user.onSession(session);
    }
  }

  onClosing(session: Session): void {
    if (this.#sessions.delete(session)) this.onRoom();
  }

  #withRoom(): Session | undefined {
    for (const session of this.#sessions) if (session.hasRoom) return session;
    return undefined;
  }

  /** One at a time: how many streams a session has for those that wait is known once it is open. */
  #open(): void {
    if (this.#cancelOpening || this.#sessions.size >= this.#maxSessions) return;
    this.#cancelOpening = openSession(this.#address, this.#pingInterval, this, (error, session) => {
      this.#cancelOpening = undefined;
      if (session) {
        this.#sessions.add(session);
        this.onRoom();
        return;
      }
      const users = [...this.#waiting];
      this.#waiting.clear();
      for (const user of users) user.onNoSession(error ?? new Error("no connection"));
    });
  }
}
