/**
 * A token gateway as simple as one can be, with every habit seen in the field: what it returns, how long it
 * thinks, what it tells. It knows how often it got each token.
 */
import { formatHex } from '#lib/core/bytes/hex.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import type { GetResult } from '#lib/core/dlms/apdu/get.ts';
import { gatewayReadingOf, type GatewayReading } from '#lib/core/field/delivery/gateway-reading.ts';
import { decodeTokenParameter } from '#lib/core/dlms/profile/meter-profile.ts';

export interface Habits {
	/** What `enter` gives back. */
	readonly returns: 'final' | 'received' | 'nothing';
	/** Statuses it goes through before the final one, one a reading. */
	readonly thinks: readonly number[];
	/** Readings before it shows a token it has. */
	readonly shows: number;
	readonly tellsToken: boolean;
	readonly tellsTime: boolean;
}

export const PLAIN_HABITS: Habits = {
	returns: 'final',
	thinks: [],
	shows: 0,
	tellsToken: true,
	tellsTime: true,
};

export class FakeGateway {
	readonly #habits: Habits;
	/** The final status of a token, by its digits; 3 where nothing is said. */
	readonly #verdicts: ReadonlyMap<string, number>;
	/** How often each token came. */
	readonly got = new Map<string, number>();
	#last = { token: '', time: 0, final: 0, readings: 0 };
	#before = this.#last;

	constructor(habits: Partial<Habits> = {}, verdicts: ReadonlyMap<string, number> = new Map()) {
		this.#habits = { ...PLAIN_HABITS, ...habits };
		this.#verdicts = verdicts;
	}

	/** A token arrives; what `enter` gives back. */
	enter(octets: Uint8Array): Data | undefined {
		const digits = decodeTokenParameter(octets) ?? '';
		const times = (this.got.get(digits) ?? 0) + 1;
		this.got.set(digits, times);
		// As every meter: the second time it is used.
		const final = times > 1 ? 6 : (this.#verdicts.get(digits) ?? 3);
		this.#before = this.#last;
		this.#last = { token: formatHex(octets), time: this.#last.time + 1, final, readings: 0 };
		if (this.#habits.returns === 'nothing') return undefined;
		return this.#habits.returns === 'final' && this.#habits.thinks.length === 0
			? statusData(final)
			: statusData(8);
	}

	/** The results of `gatewayTargets`. */
	results(): GetResult[] {
		const { tellsToken, tellsTime, shows, thinks } = this.#habits;
		const shown = this.#last.readings >= shows ? this.#last : this.#before;
		const at = this.#last.readings - shows;
		const status = shown === this.#last ? (thinks[at] ?? shown.final) : shown.final;
		this.#last = { ...this.#last, readings: this.#last.readings + 1 };
		const time = new Uint8Array(12).fill(0x10 + shown.time);
		const denied: GetResult = { error: 3 };
		const octets = Uint8Array.from(Buffer.from(shown.token, 'hex'));
		return [
			tellsToken ? { data: build.octetString(octets) } : denied,
			tellsTime && shown.time > 0 ? { data: build.octetString(time) } : denied,
			{ data: build.enumerated(0) },
			{ data: statusData(status) },
			{ data: build.doubleLong(100 * shown.time) },
			denied,
		];
	}

	reading(): GatewayReading {
		return gatewayReadingOf(this.results());
	}
}

export const statusData = (code: number): Data =>
	build.structure(build.enumerated(code), build.bitString(Uint8Array.of(code)));
