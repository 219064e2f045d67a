/**
 * WCH CH340 and CH341: vendor requests to the device that write registers in pairs. The maker publishes a
 * driver and no description; registers as public drivers name them. Untested on hardware.
 */
import type { LineSettings } from '#lib/link/line.ts';
import type { ChipDriver, ChipRequest } from './chip-driver.ts';

const READ_VERSION = 0x5f;
const WRITE_REGISTERS = 0x9a;
const SERIAL_INIT = 0xa1;
const MODEM_CONTROL = 0xa4;

/** Two registers each: the second in the upper octet of the value. */
const PRESCALER_AND_DIVISOR = 0x1312;
const LINE_CONTROL = 0x2518;

const CLOCK_HZ = 48_000_000;

/** Send what came at once instead of waiting for a full packet. */
const AT_ONCE = 0x80;

const ENABLE_BOTH = 0xc0;
const PARITY = { none: 0x00, odd: 0x08, even: 0x18 } as const;
const DATA_BITS = { 7: 0x02, 8: 0x03 } as const;

const DTR = 0x20;
const RTS = 0x40;

/** Older chips keep the form elsewhere and stay at 8N1. */
const FIRST_WITH_LINE_CONTROL = 0x30;

const vendor = (request: number, value: number, index: number): ChipRequest => ({
	setup: { requestType: 'vendor', recipient: 'device', request, value, index },
});

/** How the chip makes a rate. */
export interface Ch34xRate {
	/** 0 to 3: the clock is divided by 2^(12 − 3·prescaler − factor). */
	readonly prescaler: number;
	/** 1: the clock is taken twice as fast. */
	readonly factor: 0 | 1;
	/** 2 to 256, with the factor from 9 on. */
	readonly divisor: number;
}

const DIVISORS = { 0: [2, 256], 1: [9, 256] } as const;

/**
 * The nearest that the chip has to a rate; of two alike the one without the factor, at which it forgives
 * the sender more. Undefined: more than 2 % off, which no receiver bears.
 */
export function ch34xRate(baud: number): Ch34xRate | undefined {
	let best: (Ch34xRate & { off: number }) | undefined;
	for (const factor of [0, 1] as const)
		for (let prescaler = 3; prescaler >= 0; prescaler -= 1) {
			const clock = CLOCK_HZ / 2 ** (12 - 3 * prescaler - factor);
			const divisor = Math.round(clock / baud);
			const [least, most] = DIVISORS[factor];
			if (divisor < least || divisor > most) continue;
			const off = Math.abs(clock / divisor / baud - 1);
			if (off < (best?.off ?? 0.02)) best = { prescaler, factor, divisor, off };
		}
	return best && { prescaler: best.prescaler, factor: best.factor, divisor: best.divisor };
}

function rateRegisters({ prescaler, factor, divisor }: Ch34xRate): number {
	return ((0x100 - divisor) << 8) | AT_ONCE | (factor << 2) | prescaler;
}

function lineControl({ dataBits, parity }: LineSettings): number {
	return ENABLE_BOTH | PARITY[parity] | DATA_BITS[dataBits];
}

export const ch34x: ChipDriver = {
	start: () => [
		{
			setup: {
				requestType: 'vendor',
				recipient: 'device',
				request: READ_VERSION,
				value: 0,
				index: 0,
			},
			length: 2,
		},
		vendor(SERIAL_INIT, 0, 0),
	],
	configure: (settings, { answers }) => {
		const version = answers[0]?.[0] ?? 0;
		const hasForm = version >= FIRST_WITH_LINE_CONTROL;
		const rate = ch34xRate(settings.baud);
		if (!rate || (!hasForm && (settings.dataBits !== 8 || settings.parity !== 'none')))
			return undefined;
		return [
			vendor(WRITE_REGISTERS, PRESCALER_AND_DIVISOR, rateRegisters(rate)),
			...(hasForm ? [vendor(WRITE_REGISTERS, LINE_CONTROL, lineControl(settings))] : []),
		];
	},
	// The lines are written inverted.
	power: () => [vendor(MODEM_CONTROL, ~(DTR | RTS) & 0xffff, 0)],
	purge: () => [],
};
