/** A small seeded generator, so that a failing case can be run again. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  /** 0 to 1, exclusive. */
  next(): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0
    return this.#state / 2 ** 32
  }

  /** 0 to `below`, exclusive. */
  integer(below: number): number {
    return Math.floor(this.next() * below)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(from: readonly T[]): T {
    return from[this.integer(from.length)] as T
  }

  text(alphabet: string, length: number): string {
    const characters = [...alphabet]
    return Array.from({ length }, () => this.pick(characters)).join('')
  }
}
