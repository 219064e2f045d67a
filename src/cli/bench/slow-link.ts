/** A link to the backend that takes its time: every request and every answer is half of it on its way. */

export interface LinkCount {
	readonly requests: number;
	/** Octets of bodies. */
	readonly up: number;
	readonly down: number;
	/** Live heap at its highest while a request was on its way; 0: nobody looked. */
	readonly heapOctets: number;
	/** What looking at the heap took, CPU. */
	readonly weighingMs: number;
}

const NOTHING: LinkCount = { requests: 0, up: 0, down: 0, heapOctets: 0, weighingMs: 0 };

export class SlowLink {
	readonly #origin: string;
	readonly #there = globalThis.fetch;
	#count = NOTHING;
	/** There and back together. */
	delayMs = 0;
	/** Called while a request is on its way, so that it holds nothing up: the live heap, octets. */
	weigh: () => number = () => 0;

	constructor(origin: string) {
		this.#origin = origin;
	}

	/** The app's own requests go over it from now on; returns what ends that. */
	takeOver(): () => void {
		globalThis.fetch = (input, init) => this.#fetch(String(input), init);
		return () => {
			globalThis.fetch = this.#there;
		};
	}

	/** What went over it since this was asked the last time. */
	take(): LinkCount {
		const count = this.#count;
		this.#count = NOTHING;
		return count;
	}

	#weigh(): Pick<LinkCount, 'heapOctets' | 'weighingMs'> {
		const before = process.cpuUsage();
		const heapOctets = Math.max(this.#count.heapOctets, this.weigh());
		const { user, system } = process.cpuUsage(before);
		return { heapOctets, weighingMs: this.#count.weighingMs + (user + system) / 1_000 };
	}

	async #fetch(path: string, init: RequestInit = {}): Promise<Response> {
		const there = pause(this.delayMs / 2);
		const weighed = this.#weigh();
		await there;
		const answer = await this.#there(`${this.#origin}${path}`, init);
		const octets = await answer.arrayBuffer();
		await pause(this.delayMs / 2);
		const { requests, up, down } = this.#count;
		this.#count = {
			requests: requests + 1,
			up: up + Buffer.byteLength(typeof init.body === 'string' ? init.body : ''),
			down: down + octets.byteLength,
			...weighed,
		};
		return new Response(octets, { status: answer.status, headers: answer.headers });
	}
}

const pause = (ms: number): Promise<void> =>
	ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve();
