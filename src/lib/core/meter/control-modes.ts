/**
 * The modes of a disconnect control (IEC 62056-6-2, class 70, attribute 4): who may open the relay, and
 * who may close it again. One row per mode; 0 never opens.
 */

/** How a command to reconnect goes: the relay closes, or waits for a hand, or it is not heard. */
export type RemoteReconnection = 'closes' | 'arms' | 'none';

export interface ControlModeRow {
	readonly mode: number;
	/** Remote commands and the meter's own logic open it. */
	readonly opens: boolean;
	/** A hand on the meter opens it. */
	readonly opensByHand: boolean;
	readonly remoteReconnection: RemoteReconnection;
	/** The meter closes it by itself once what it opened for has passed. */
	readonly closesByItself: boolean;
}

const row = (
	mode: number,
	opensByHand: boolean,
	remoteReconnection: RemoteReconnection,
	closesByItself: boolean,
): ControlModeRow => ({ mode, opens: true, opensByHand, remoteReconnection, closesByItself });

export const CONTROL_MODES: readonly ControlModeRow[] = [
	{ mode: 0, opens: false, opensByHand: false, remoteReconnection: 'none', closesByItself: true },
	row(1, true, 'arms', false),
	row(2, true, 'closes', false),
	row(3, false, 'arms', false),
	row(4, false, 'closes', false),
	row(5, true, 'arms', true),
	row(6, false, 'arms', true),
	row(7, false, 'closes', true),
];

/** Remote and local disconnection, reconnection of both kinds without a hand: what tokens need. */
export const USUAL_CONTROL_MODE = 7;

/** The row of a mode. @throws {RangeError} slip: not 0 … 7 */
export function controlMode(mode: number): ControlModeRow {
	const found = CONTROL_MODES[mode];
	if (!found) throw new RangeError('a control mode is 0 to 7');
	return found;
}
