/**
 * Models of the chips that probes are built on, each from what its control requests mean on the bus: they
 * compute from the request what the line does, the other way round from the drivers. A request that a chip
 * does not know stalls.
 */
import type { LineSettings } from '#lib/link/line.ts';
import type { UsbControlSetup } from '#lib/browser/usb/usb-shape.ts';

/** What a chip does on the side of the line. */
export class ChipSide {
	baud: number | undefined;
	dataBits: number | undefined;
	parity: LineSettings['parity'] | undefined;
	dtr = false;
	rts = false;
	/** Called when the chip forgets what waits in it. */
	onPurge: (way: 'received' | 'sent') => void = () => undefined;
	/** Called when the rate is set. */
	onRate: (baud: number) => void = () => undefined;

	rate(baud: number): true {
		this.baud = baud;
		this.onRate(baud);
		return true;
	}

	form(dataBits: number, parity: number): boolean {
		const name = (['none', 'odd', 'even'] as const)[parity];
		if (!name || dataBits < 5 || dataBits > 8) return false;
		this.dataBits = dataBits;
		this.parity = name;
		return true;
	}

	lines(dtr: boolean, rts: boolean): true {
		this.dtr = dtr;
		this.rts = rts;
		return true;
	}

	purge(way: 'received' | 'sent'): true {
		this.onPurge(way);
		return true;
	}
}

export interface FakeChip {
	readonly name: string;
	readonly vendorId: number;
	readonly productId: number;
	/** CDC has an interface of its own for requests. */
	readonly cdc?: boolean;
	readonly side: ChipSide;
	/** False: the chip stalls the request. */
	take(setup: UsbControlSetup, content: Uint8Array): boolean;
	answer(setup: UsbControlSetup): Uint8Array | undefined;
	/** Octets in front of those of each packet to the host. */
	readonly status?: () => readonly number[];
}

const isTo = (setup: UsbControlSetup, requestType: string, recipient: string): boolean =>
	setup.requestType === requestType && setup.recipient === recipient;

/** AN232B-05: what the three upper bits of a divisor add to it. */
const FTDI_PARTS = [0, 0.5, 0.25, 0.125, 0.375, 0.625, 0.75, 0.875] as const;

export function ftdiChip(): FakeChip & { lineStatus: number; latencyMs: number } {
	const side = new ChipSide();
	const chip = {
		name: 'FTDI',
		vendorId: 0x0403,
		productId: 0x6001,
		side,
		latencyMs: 16,
		lineStatus: 0,
		status: () => [0x01, 0x60 | chip.lineStatus],
		answer: () => undefined,
		take(setup: UsbControlSetup): boolean {
			if (!isTo(setup, 'vendor', 'device')) return false;
			const { request, value, index } = setup;
			switch (request) {
				case 0:
					if (value === 1) return side.purge('received');
					if (value === 2) return side.purge('sent');
					return value === 0;
				case 1: {
					const dtr = value & 0x0100 ? (value & 1) !== 0 : side.dtr;
					const rts = value & 0x0200 ? (value & 2) !== 0 : side.rts;
					return side.lines(dtr, rts);
				}
				case 2:
					return value === 0 && index === 0;
				case 3: {
					const part = FTDI_PARTS[((index & 1) << 2) | (value >> 14)] as number;
					return side.rate(3_000_000 / ((value & 0x3fff) + part));
				}
				case 4:
					return side.form(value & 0xff, (value >> 8) & 7);
				case 9:
					chip.latencyMs = value;
					return value >= 1 && value <= 255;
				default:
					return false;
			}
		},
	};
	return chip;
}

/** AN571; nothing works before IFC_ENABLE. */
export function cp210xChip(): FakeChip {
	const side = new ChipSide();
	let enabled = false;
	return {
		name: 'CP210x',
		vendorId: 0x10c4,
		productId: 0xea60,
		side,
		answer: () => undefined,
		take(setup, content) {
			if (!isTo(setup, 'vendor', 'interface') || setup.index !== 0) return false;
			const { request, value } = setup;
			if (request === 0x00) {
				enabled = value === 1;
				return true;
			}
			if (!enabled) return false;
			switch (request) {
				case 0x03:
					return (value & 0xf) === 0 && side.form(value >> 8, (value >> 4) & 0xf);
				case 0x07:
					return side.lines(
						value & 0x0100 ? (value & 1) !== 0 : side.dtr,
						value & 0x0200 ? (value & 2) !== 0 : side.rts,
					);
				case 0x12:
					if (value & 0x5) side.purge('sent');
					if (value & 0xa) side.purge('received');
					return true;
				case 0x1e:
					return content.length === 4 && side.rate(number32(content));
				default:
					return false;
			}
		},
	};
}

/** @param version what it answers when it is asked; those before 0x30 know no form but 8N1 */
export function ch34xChip(version = 0x31): FakeChip {
	const side = new ChipSide();
	let ready = false;
	return {
		name: 'CH34x',
		vendorId: 0x1a86,
		productId: 0x7523,
		side,
		answer: ({ request }) => (request === 0x5f ? Uint8Array.of(version, 0) : undefined),
		take(setup) {
			if (!isTo(setup, 'vendor', 'device')) return false;
			const { request, value, index } = setup;
			if (request === 0xa1) {
				ready = true;
				side.form(8, 0);
				return true;
			}
			if (!ready) return false;
			if (request === 0xa4) return side.lines((value & 0x20) === 0, (value & 0x40) === 0);
			if (request !== 0x9a) return false;
			// Without the upper bit the chip keeps what comes until it fills a packet.
			if (value === 0x1312 && (index & 0x80) !== 0) {
				const divided = 2 ** (12 - 3 * (index & 3) - ((index >> 2) & 1));
				return side.rate(48_000_000 / divided / (0x100 - (index >> 8)));
			}
			if (value !== 0x2518 || version < 0x30 || (index & 0xc4) !== 0xc0) return false;
			return side.form(5 + (index & 3), (index & 0x08) === 0 ? 0 : index & 0x10 ? 2 : 1);
		},
	};
}

function lineCoding(side: ChipSide, { request, value }: UsbControlSetup, content: Uint8Array) {
	if (request === 0x22) return side.lines((value & 1) !== 0, (value & 2) !== 0);
	if (request !== 0x20 || content.length !== 7 || content[4] !== 0) return false;
	return side.form(content[6] as number, content[5] as number) && side.rate(number32(content));
}

/** HX, which must be woken up; or of the G series, which must not. */
export function pl2303Chip(series: 'HX' | 'G' = 'HX'): FakeChip {
	const side = new ChipSide();
	let awake = series === 'G';
	const purgeBoth = (): boolean => side.purge('received') && side.purge('sent');
	return {
		name: `PL2303 ${series}`,
		vendorId: 0x067b,
		productId: series === 'HX' ? 0x2303 : 0x23a3,
		side,
		answer: ({ request }) => (request === 0x01 && series === 'HX' ? Uint8Array.of(2) : undefined),
		take(setup, content) {
			if (isTo(setup, 'class', 'interface')) return awake && lineCoding(side, setup, content);
			const { request, value, index } = setup;
			if (!isTo(setup, 'vendor', 'device') || request !== (series === 'HX' ? 0x01 : 0x80))
				return false;
			if (series === 'G') return value === 0x07 && index === 0x03 && purgeBoth();
			if (value === 2 && index === 0x44) awake = true;
			return value === 8 || value === 9 ? purgeBoth() : true;
		},
	};
}

export function cdcChip(): FakeChip {
	const side = new ChipSide();
	return {
		name: 'CDC-ACM',
		vendorId: 0x2341,
		productId: 0x0043,
		cdc: true,
		side,
		answer: () => undefined,
		take: (setup, content) =>
			isTo(setup, 'class', 'interface') && setup.index === 0 && lineCoding(side, setup, content),
	};
}

const number32 = (octets: Uint8Array): number =>
	new DataView(octets.buffer, octets.byteOffset).getUint32(0, true);
