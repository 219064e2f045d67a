/**
 * Hands on a meter, besides its keypad: covers and magnets, loads phase by phase, the relay's button, the
 * emergency credit. Each brings the meter to the instant first.
 */
import { controlMode } from './control-modes.ts';
import { emergencyStatus } from './emergency-credit.ts';
import { disturb, type DisturbanceKind } from './mains.ts';
import { noteEvent } from './meter-events.ts';
import { connectLoads, opensByItself } from './supply.ts';
import { endTamper, type TamperKind } from './tampers.ts';
import { advanceTo, type VirtualMeter } from './virtual-meter.ts';
import { withSupply } from './with-supply.ts';

/**
 * Connects a load to each phase, which counts from there on.
 * @throws {RangeError} slip: not one for each phase, or not whole watts from 0 to 100,000
 */
export function loadPhases(
	meter: VirtualMeter,
	loadsW: readonly number[],
	instantMs: number,
): VirtualMeter {
	const counted = advanceTo(meter, instantMs);
	return withSupply(counted, connectLoads(counted.supply, loadsW), instantMs);
}

/**
 * Gives what hangs behind the meter another power factor, in thousandths.
 * @throws {RangeError} slip: not 1 … 1000
 */
export function setPowerFactor(
	meter: VirtualMeter,
	powerFactor: number,
	instantMs: number,
): VirtualMeter {
	if (!Number.isInteger(powerFactor) || powerFactor < 1 || powerFactor > 1000)
		throw new RangeError('a power factor is 1 to 1000 thousandths');
	const counted = advanceTo(meter, instantMs);
	return withSupply(counted, { ...counted.supply, powerFactor }, instantMs);
}

/** The cover is closed, the magnet gone, the current right again. What was noted stays until a token. */
export function undoTamper(meter: VirtualMeter, instantMs: number, kind: TamperKind): VirtualMeter {
	const counted = advanceTo(meter, instantMs);
	const tampers = endTamper(counted.tampers, kind);
	if (tampers === counted.tampers) return counted;
	const event = { kind: 'tamper-ended', atMs: instantMs, tamper: kind } as const;
	const events = noteEvent(counted.events, event);
	const reversed = counted.supply.reversed && kind !== 'reversed-current';
	return withSupply({ ...counted, tampers, events }, { ...counted.supply, reversed }, instantMs);
}

/**
 * The voltage of a phase sags or swells for a while.
 * @throws {RangeError} slip: a phase the meter does not have, or no whole milliseconds above 0
 */
export function disturbVoltage(
	meter: VirtualMeter,
	wrong: { readonly phase: number; readonly kind: DisturbanceKind; readonly forMs: number },
	instantMs: number,
): VirtualMeter {
	const { phase, kind, forMs } = wrong;
	if (!(phase - 1 in meter.mains.sags)) throw new RangeError('the meter has no such phase');
	if (!Number.isInteger(forMs) || forMs < 1) throw new RangeError('at least one millisecond');
	const counted = advanceTo(meter, instantMs);
	const mains = disturb(counted.mains, { phase, kind, untilMs: instantMs + forMs });
	const event = { kind: `voltage-${kind}`, atMs: instantMs, phase } as const;
	return { ...counted, mains, events: noteEvent(counted.events, event) };
}

/** Takes the emergency credit, where it is to be had: when the credit is gone and some is left to lend. */
export function invokeEmergency(
	meter: VirtualMeter,
	instantMs: number,
): { readonly meter: VirtualMeter; readonly taken: boolean } {
	const counted = advanceTo(meter, instantMs);
	const { emergency, creditWh } = counted.supply;
	if (!emergency || emergencyStatus(emergency, creditWh) !== 'selectable')
		return { meter: counted, taken: false };
	const events = noteEvent(counted.events, { kind: 'emergency-invoked', atMs: instantMs });
	const supply = { ...counted.supply, emergency: { ...emergency, invoked: true } };
	return { meter: withSupply({ ...counted, events }, supply, instantMs), taken: true };
}

/** Closes the relay by hand, where it waits for one and nothing else keeps it open. */
export function closeByHand(
	meter: VirtualMeter,
	instantMs: number,
): { readonly meter: VirtualMeter; readonly closed: boolean } {
	const counted = advanceTo(meter, instantMs);
	const { supply } = counted;
	if (supply.control !== 'ready' || opensByItself(supply)) return { meter: counted, closed: false };
	const closed = { ...supply, control: 'connected' } as const;
	return { meter: withSupply(counted, closed, instantMs), closed: true };
}

/** Opens the relay by hand, where its mode lets a hand. */
export function openByHand(
	meter: VirtualMeter,
	instantMs: number,
): { readonly meter: VirtualMeter; readonly opened: boolean } {
	const counted = advanceTo(meter, instantMs);
	const { supply } = counted;
	if (!controlMode(supply.controlMode).opensByHand || supply.control !== 'connected')
		return { meter: counted, opened: false };
	const opened = { ...supply, control: 'ready' } as const;
	return { meter: withSupply(counted, opened, instantMs), opened: true };
}
