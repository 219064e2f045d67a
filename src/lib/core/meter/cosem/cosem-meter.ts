/**
 * The DLMS side of the virtual meter as one immutable value around the meter value: what a DLMS client
 * can see that the meter itself does not keep. Plain data; every function takes an instant and gives
 * another value.
 *
 * Always holds: token entries, load rows and image blocks are bounded; nothing else that a client sends
 * is kept whole.
 */
import { noteEvent } from '../meter-events.ts';
import { UNLOCKED } from '#lib/core/sts/decoder/lockout.ts';
import { withTariff } from '../tariff/with-tariff.ts';
import { advanceTo, type VirtualMeter } from '../virtual-meter.ts';
import { type KeySet, TEST_KEY_SETS } from './client-setups.ts';
import { type Gateway, type GatewaySettings, nextTokenMs, USUAL_GATEWAY } from './gateway.ts';
import { finish, type ImageTransfer, nextImageMs, NO_TRANSFER } from './image-transfer.ts';
import {
	captureUntil,
	createLoadProfile,
	type LoadProfile,
	setLoadProfileClock,
} from './load-profile.ts';
import { carryOutToken, type TokenEntry } from './token-entry.ts';

/** The virtual meter as a DLMS client meets it. */
export interface CosemMeter {
	readonly meter: VirtualMeter;
	readonly loadProfile: LoadProfile;
	/** Newest last. */
	readonly entries: readonly TokenEntry[];
	readonly gateway: Gateway;
	readonly image: ImageTransfer;
	/** Times the meter started anew with another firmware: every association ended then. */
	readonly restarts: number;
	/** One per security set-up. */
	readonly keySets: readonly KeySet[];
}

/** A meter whose DLMS side has just been switched on. */
export function createCosemMeter(
	meter: VirtualMeter,
	instantMs: number,
	gateway: GatewaySettings = USUAL_GATEWAY,
): CosemMeter {
	return {
		meter,
		loadProfile: createLoadProfile(instantMs + meter.clockOffsetMs),
		entries: [],
		gateway: { settings: gateway, pending: null },
		image: NO_TRANSFER,
		restarts: 0,
		keySets: TEST_KEY_SETS,
	};
}

/** Energy counted and rows captured up to an instant, in which nothing of the DLMS side falls due. */
function capture(value: CosemMeter, instantMs: number): CosemMeter {
	const { meter, profile } = captureUntil(value.meter, value.loadProfile, instantMs);
	return { ...value, meter, loadProfile: profile };
}

/** A token that waited is carried out. */
function passToken(value: CosemMeter, atMs: number): CosemMeter {
	const { pending } = value.gateway;
	if (!pending || nextTokenMs(value.gateway) > atMs) return value;
	const { value: after } = carryOutToken(value, pending, atMs, 'remote');
	return { ...after, gateway: { ...after.gateway, pending: null } };
}

/** A new image has been checked, or runs: then lock-out and associations are gone with the old one. */
function passImage(value: CosemMeter, atMs: number): CosemMeter {
	if (nextImageMs(value.image) > atMs) return value;
	const { transfer, done } = finish(value.image);
	const events = noteEvent(value.meter.events, { kind: done, atMs });
	const meter = { ...value.meter, events };
	if (done !== 'firmware-activated') return { ...value, image: transfer, meter };
	const decoder = { ...meter.decoder, lockout: UNLOCKED };
	const software = transfer.checked?.version ?? meter.software;
	const restarts = value.restarts + 1;
	return { ...value, image: transfer, meter: { ...meter, decoder, software }, restarts };
}

/** Brings everything to an instant, each thing done when it falls due. */
export function advanceCosemMeter(value: CosemMeter, instantMs: number): CosemMeter {
	if (instantMs <= value.meter.supply.countedMs) return value;
	let current = value;
	for (;;) {
		const nextMs = Math.min(nextTokenMs(current.gateway), nextImageMs(current.image));
		if (nextMs > instantMs) return capture(current, instantMs);
		const atMs = Math.max(nextMs, current.meter.supply.countedMs);
		current = passImage(passToken(capture(current, atMs), atMs), atMs);
	}
}

/** The meter with another gateway. A token that still waits is carried out first. */
export function withGateway(
	value: CosemMeter,
	settings: GatewaySettings,
	instantMs: number,
): CosemMeter {
	const { pending } = value.gateway;
	const done = pending ? carryOutToken(value, pending, instantMs, 'remote').value : value;
	return { ...done, gateway: { settings, pending: null } };
}

/** A change of the meter by hand, at an instant: everything is brought there first. */
export function changeMeter(
	value: CosemMeter,
	instantMs: number,
	change: (meter: VirtualMeter, instantMs: number) => VirtualMeter,
): CosemMeter {
	const advanced = advanceCosemMeter(value, instantMs);
	return { ...advanced, meter: change(advanced.meter, instantMs) };
}

/** What the meter's clock shows at an instant, in epoch milliseconds. */
export function clockAt({ meter }: CosemMeter, instantMs: number): number {
	return instantMs + meter.clockOffsetMs;
}

/** The meter with its clock set to `clockMs`; a tariff goes by it from now on. */
export function setClock(value: CosemMeter, clockMs: number, instantMs: number): CosemMeter {
	const counted = advanceTo(value.meter, instantMs);
	const set = {
		...counted,
		clockOffsetMs: clockMs - instantMs,
		events: noteEvent(counted.events, { kind: 'clock-set', atMs: instantMs }),
	};
	return {
		...value,
		meter: set.tariff ? withTariff(set, set.tariff, instantMs) : set,
		loadProfile: setLoadProfileClock(value.loadProfile, clockMs),
	};
}
