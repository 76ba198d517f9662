/// Rates, from the counters of pictures over time.

const KEPT_MILLIS = 60_000;
const RATE_MILLIS = 3_000;
const SHARE_MILLIS = 20_000;

export class Rates {
  #pictures = [];

  /// Takes a picture in. One that is older than the last begins anew: another server answers.
  add(picture) {
    const last = this.#pictures.at(-1);
    if (last && (picture.epoch < last.epoch || picture.millis < last.millis)) this.#pictures = [];
    this.#pictures.push({ ...picture, map: undefined, at: performance.now() });
    const oldest = performance.now() - KEPT_MILLIS;
    while (this.#pictures.length > 2 && this.#pictures[1].at < oldest) this.#pictures.shift();
  }

  /// The pictures of the last minute, the oldest first.
  get all() {
    return this.#pictures;
  }

  /// The first picture of the last so many milliseconds, or the one before the last.
  #since(millis) {
    const begin = this.#pictures.at(-1).at - millis;
    const found = this.#pictures.findIndex((each) => each.at >= begin);
    return this.#pictures[Math.max(0, Math.min(found, this.#pictures.length - 2))];
  }

  /// Epochs a second over the last seconds; none while no picture comes.
  epochsPerSecond() {
    const last = this.#pictures.at(-1);
    if (!last || performance.now() - last.at > RATE_MILLIS) return 0;
    const first = this.#since(RATE_MILLIS);
    const millis = last.millis - first.millis;
    return millis > 0 ? (1000 * (last.epoch - first.epoch)) / millis : 0;
  }

  /// What a counter gained in each epoch, over the last seconds.
  perEpoch(counter) {
    const last = this.#pictures.at(-1);
    if (!last) return NaN;
    const first = this.#since(SHARE_MILLIS);
    const epochs = last.epoch - first.epoch;
    if (epochs <= 0) return NaN;
    return (counter(last) - counter(first)) / epochs;
  }

  /// The same of a tenant's counter.
  perEpochOf(tenant, counter) {
    return this.perEpoch((picture) => {
      const found = picture.tenants.find((each) => each.tenant === tenant);
      return found ? counter(found) : 0;
    });
  }
}
