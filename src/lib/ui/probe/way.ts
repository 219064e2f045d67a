/** The ways to a meter as a person chooses among them: each a port with a name, the one used last first. */
import type { Tried } from '#lib/browser/usb/known-chips.ts';
import type { LinePort, LineSettings, Line } from '#lib/link/line.ts';

export interface MeterWay {
	/** The same for the same port as long as the page is open. */
	readonly id: string;
	readonly port: LinePort;
	/** It was opened last, of those there are. */
	readonly isLast: boolean;
	/** Ports that cannot be told from this one, itself among them. */
	readonly alike: number;
	/** How far its driver was tried, where we drive it ourselves. */
	readonly tried?: Tried;
	/** The number of a virtual meter of this device. */
	readonly drn?: string;
	/** Whether another tab of ours has it. */
	readonly isHeldByTab?: () => Promise<boolean>;
	/** Takes the port from another tab of ours. */
	readonly takeOver?: (settings: LineSettings) => Promise<Line>;
}

const KINDS: readonly LinePort['label']['kind'][] = ['serial', 'usb', 'bridge', 'virtual'];

/** The port used last, then cables, bridges, virtual meters; within each as they came. */
export function inOrder(ways: readonly MeterWay[]): MeterWay[] {
	const rank = ({ isLast, port }: MeterWay): number =>
		isLast ? -1 : KINDS.indexOf(port.label.kind);
	return ways.toSorted((a, b) => rank(a) - rank(b));
}

/** The way whose port looks like this one: after a reload, or a cable plugged in again. */
export function sameWay(ways: readonly MeterWay[], id: string): MeterWay | undefined {
	return ways.find((way) => way.id === id);
}

/** The same way, opened although another tab of ours has the port. */
export function takingOver(way: MeterWay): MeterWay {
	const { takeOver, port } = way;
	if (!takeOver) return way;
	return { ...way, port: { label: port.label, medium: port.medium, open: takeOver } };
}
