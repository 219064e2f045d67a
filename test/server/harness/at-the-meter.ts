/** What a virtual meter says to the tokens of a vend, keyed in as they are printed. */
import { manufacture } from '#lib/browser/store/virtual-meter-factory.ts';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import type { VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import type { Backend } from '#lib/server/backend.ts';
import { provisionVirtualMeter } from '#lib/server/meter/virtual-meters.ts';
import { GUEST, mustBeTaken } from './shop.ts';

/** A meter of the public-test estate as it left the factory. */
export class AtTheMeter {
	#meter: VirtualMeter;
	readonly #backend: Backend;

	private constructor(backend: Backend, meter: VirtualMeter) {
		this.#backend = backend;
		this.#meter = meter;
	}

	static async find(backend: Backend, drn: string): Promise<AtTheMeter> {
		const papers = mustBeTaken(await provisionVirtualMeter(backend, GUEST, drn));
		return new AtTheMeter(backend, manufacture(papers));
	}

	/** The verdict on each token, in order. */
	enter(answer: VendAnswer): string[] {
		if (answer.state !== 'issued') throw new Error(`not issued but ${answer.state}`);
		return answer.tokens.map(({ digits }) => {
			const step = enterToken(this.#meter, digits, this.#backend.clock.nowMs());
			this.#meter = step.meter;
			return step.outcome.result;
		});
	}
}
