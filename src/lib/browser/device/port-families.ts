/**
 * The families of ports by which a page can reach a meter's own interface, as data: what is offered is what
 * this browser has. Whoever knows a profile for another one, such as Bluetooth, adds a row here and its
 * source in `ui/probe/ports.svelte.ts`; no standard one for meters is known.
 */
const FAMILIES = {
	/** A probe on a cable, driven by the system. */
	serial: 'serial',
	/** The same driven by us, on a phone. */
	usb: 'usb',
} as const satisfies Record<string, string>;

export type PortFamily = keyof typeof FAMILIES;

export const PORT_FAMILIES = Object.keys(FAMILIES) as readonly PortFamily[];

/** Those that this browser has. */
export const portFamilies = (host: object = navigator): PortFamily[] =>
	PORT_FAMILIES.filter((family) => FAMILIES[family] in host);

/** On an Android phone a probe is driven by us: its own system makes no port of it. */
export const likeliestFirst = (
	families: readonly PortFamily[],
	onAndroid = /Android/.test(navigator.userAgent),
): PortFamily[] => families.toSorted((one) => (onAndroid && one === 'usb' ? -1 : 0));
