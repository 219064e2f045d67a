/** One line through a bridge. Waiting for octets to leave, and setting the far port anew, is the bridge's. */
import { type BridgeWord, MAX_FRAME_OCTETS, WINDOW_OCTETS } from '#lib/link/bridge-words.ts';
import type { LineSettings } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { OctetWindow } from '#lib/link/octet-window.ts';
import type { Wire, WireSink } from '#lib/link/wired-line.ts';
import {
	BridgeCall,
	type BridgeHost,
	type BridgeListener,
	CONFIGURE_TIMEOUT_MS,
} from './bridge-call.ts';

/** How to reach one target. */
export interface BridgeOpening {
	readonly address: string;
	readonly bearer?: string | undefined;
	readonly target: string;
	readonly settings: LineSettings;
}

/** Opens a line to a target of a bridge. @throws {LinkFault} */
export async function openBridgeWire(
	host: BridgeHost,
	{ address, bearer, target, settings }: BridgeOpening,
	sink: WireSink,
): Promise<Wire> {
	const wire = new BridgeWire(sink);
	const call = await BridgeCall.begin(host, address, wire);
	await wire.open(call, () =>
		call.say({ do: 'open', target, settings, ...(bearer !== undefined && { bearer }) }),
	);
	return wire;
}

class BridgeWire implements Wire, BridgeListener {
	readonly #sink: WireSink;
	readonly #window = new OctetWindow(WINDOW_OCTETS);
	#call: BridgeCall | undefined;
	/** Who waits for `opened`, `configured`, `refused` or `closed`. */
	#asking: PromiseWithResolvers<BridgeWord> | undefined;
	#fault: LinkFault | undefined;
	#hasEnded = false;

	constructor(sink: WireSink) {
		this.#sink = sink;
	}

	async open(call: BridgeCall, ask: () => void): Promise<void> {
		this.#call = call;
		try {
			await call.inTime(this.#answerTo(ask));
		} catch (error) {
			call.end();
			throw error;
		}
	}

	async write(octets: Uint8Array): Promise<void> {
		for (let at = 0; at < octets.length; at += MAX_FRAME_OCTETS) {
			const frame = octets.subarray(at, at + MAX_FRAME_OCTETS);
			await this.#window.room(frame.length);
			if (this.#fault) throw this.#fault;
			this.#window.sent(frame.length);
			this.#call?.sendOctets(frame);
		}
	}

	async flush(): Promise<void> {
		await this.#window.empty();
		if (this.#fault) throw this.#fault;
	}

	async reset(settings: LineSettings): Promise<void> {
		const call = this.#call as BridgeCall;
		const answer = this.#answerTo(() => call.say({ do: 'configure', settings }));
		const { is } = await call.inTime(answer, CONFIGURE_TIMEOUT_MS).catch((error: LinkFault) => {
			this.#break(error);
			throw error;
		});
		if (is !== 'configured') throw new LinkFault('settings-refused');
	}

	async close(): Promise<void> {
		const call = this.#call;
		if (!call) return;
		// A bridge that is stuck with what it was sent would not come to the goodbye.
		if (!this.#fault && !this.#hasEnded && this.#window.under === 0) {
			const closed = this.#answerTo(() => call.say({ do: 'close' }));
			await call.inTime(closed).catch(() => undefined);
		}
		this.#window.end();
		call.end();
	}

	word(word: BridgeWord): void {
		switch (word.is) {
			case 'taken':
				if (!this.#window.taken(word.octets)) this.#break(new LinkFault('bridge-unreachable'));
				return;
			case 'fault':
				return this.#break(new LinkFault(word.fault));
			case 'configured':
				// Here and now: the next frame is fresh.
				this.#sink.drop();
				return this.#answer(word);
			case 'closed':
				this.#hasEnded = true;
				this.#answer(word);
				this.#window.end();
				return this.#sink.end();
			default:
				return this.#answer(word);
		}
	}

	octets(octets: Uint8Array): void {
		if (octets.length === 0) return;
		this.#sink.push(octets);
		void this.#sink.room().then(() => this.#call?.say({ do: 'taken', octets: octets.length }));
	}

	over(): void {
		this.#break(new LinkFault('bridge-unreachable'));
	}

	#answerTo(ask: () => void): Promise<BridgeWord> {
		if (this.#fault) return Promise.reject(this.#fault);
		const asking = Promise.withResolvers<BridgeWord>();
		this.#asking = asking;
		ask();
		return asking.promise;
	}

	#answer(word: BridgeWord): void {
		this.#asking?.resolve(word);
		this.#asking = undefined;
	}

	#break(fault: LinkFault): void {
		if (this.#fault) return;
		this.#fault = fault;
		this.#asking?.reject(fault);
		this.#asking = undefined;
		this.#window.end();
		this.#sink.fail(fault);
	}
}
