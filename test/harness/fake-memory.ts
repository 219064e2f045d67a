/** `localStorage`, which may keep nothing. */
import type { Memory } from '#lib/browser/serial/last-port.ts';

export class FakeMemory implements Memory {
	refuses = false;
	readonly #kept = new Map<string, string>();

	getItem(key: string): string | null {
		return this.#kept.get(key) ?? null;
	}

	setItem(key: string, value: string): void {
		if (this.refuses) throw new DOMException('full', 'QuotaExceededError');
		this.#kept.set(key, value);
	}
}
