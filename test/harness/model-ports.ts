/** Two connected message ports in memory: every word is cloned, and heard in a turn of its own. */
import type { WordPort } from '#lib/browser/worker/line-words.ts';

class ModelPort implements WordPort {
	onmessage: ((event: MessageEvent) => void) | null = null;
	other: ModelPort | undefined;
	#closed = false;

	postMessage(word: unknown): void {
		const data: unknown = structuredClone(word);
		queueMicrotask(() => this.other?.hear(data));
	}

	hear(data: unknown): void {
		if (!this.#closed) this.onmessage?.({ data } as MessageEvent);
	}

	close(): void {
		this.#closed = true;
	}
}

export function modelPorts(): [WordPort, WordPort] {
	const [one, two] = [new ModelPort(), new ModelPort()];
	one.other = two;
	two.other = one;
	return [one, two];
}
