/**
 * Which port was used last, so that it can be opened without asking again. A port of Web Serial has no
 * number of its own: several equal probes cannot be told apart, and whoever asks is told how many there are.
 */
import type { PortLabel } from '#lib/link/line.ts';

const KEY = 'tokenline.last-port';

/** Of `localStorage`, what is used here. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

const markOf = ({ kind, usb, name }: PortLabel): string => JSON.stringify([kind, usb ?? name]);

/** Remembers a port that was opened. A browser that keeps nothing is no reason to fail. */
export function rememberPort(memory: Memory | undefined, label: PortLabel): void {
	try {
		memory?.setItem(KEY, markOf(label));
	} catch {
		// Storage is full or refused: the person chooses once more the next time.
	}
}

/** A remembered port among those there are. */
export interface LastPort<Port> {
	readonly port: Port;
	/** How many ports look like this one, itself among them: with more than one it may be another. */
	readonly alike: number;
}

/** The port that was used last, of those that may be opened. */
export function findLastPort<Port extends { readonly label: PortLabel }>(
	memory: Memory | undefined,
	ports: readonly Port[],
): LastPort<Port> | undefined {
	const mark = memory?.getItem(KEY);
	const alike = ports.filter(({ label }) => markOf(label) === mark);
	const [port] = alike;
	return port && { port, alike: alike.length };
}
