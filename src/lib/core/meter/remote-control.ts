/** Commands to the relay from afar (IEC 62056-6-2, class 70), as the control mode lets them. */
import { controlMode } from './control-modes.ts';
import { noteEvent } from './meter-events.ts';
import { opensByItself } from './supply.ts';
import { advanceTo, type VirtualMeter } from './virtual-meter.ts';
import { withSupply } from './with-supply.ts';

/** What came of a command: `not-now` while the meter itself keeps the relay open. */
export type Commanded = {
	readonly meter: VirtualMeter;
	readonly outcome: 'done' | 'not-in-this-mode' | 'not-now';
};

/** Opens the relay until a command closes it; done where it is so already. */
export function disconnectRemotely(meter: VirtualMeter, instantMs: number): Commanded {
	const counted = advanceTo(meter, instantMs);
	const { supply } = counted;
	if (!controlMode(supply.controlMode).opens)
		return { meter: counted, outcome: 'not-in-this-mode' };
	const opened = { ...supply, control: 'disconnected' } as const;
	return { meter: withSupply(counted, opened, instantMs), outcome: 'done' };
}

/**
 * Closes the relay that a command opened, or arms it for a hand. Without credit, with a tamper or a passed
 * limit the meter closes for nobody.
 */
export function reconnectRemotely(meter: VirtualMeter, instantMs: number): Commanded {
	const counted = advanceTo(meter, instantMs);
	const { supply } = counted;
	const { remoteReconnection } = controlMode(supply.controlMode);
	if (remoteReconnection === 'none') return { meter: counted, outcome: 'not-in-this-mode' };
	if (opensByItself(supply)) return { meter: counted, outcome: 'not-now' };
	if (supply.control === 'connected') return { meter: counted, outcome: 'done' };
	if (remoteReconnection === 'closes') {
		const closed = { ...supply, control: 'connected' } as const;
		return { meter: withSupply(counted, closed, instantMs), outcome: 'done' };
	}
	if (supply.control === 'ready') return { meter: counted, outcome: 'done' };
	const events = noteEvent(counted.events, { kind: 'relay-armed', atMs: instantMs });
	const armed = { ...supply, control: 'ready' } as const;
	return { meter: withSupply({ ...counted, events }, armed, instantMs), outcome: 'done' };
}
